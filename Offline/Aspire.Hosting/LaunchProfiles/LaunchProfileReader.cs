using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Reads the launch settings of a project and finds the profile that applies.</summary>
internal static class LaunchProfileReader
{
    private static readonly JsonSerializerOptions s_options = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The profile that applies to the project, with its name.</summary>
    public static (string Name, LaunchProfile Profile)? EffectiveProfile(this ProjectResource project)
    {
        if (project.Annotations.OfType<ExcludeLaunchProfileAnnotation>().Any() || Read(project) is not { } settings)
        {
            return null;
        }

        if (project.Annotations.OfType<LaunchProfileAnnotation>().LastOrDefault()?.LaunchProfileName is { } chosen)
        {
            return settings.Profiles.TryGetValue(chosen, out var profile)
                ? (chosen, profile)
                : throw new DistributedApplicationException($"Launch settings file does not contain '{chosen}' profile.");
        }

        if (project.Annotations.OfType<DefaultLaunchProfileAnnotation>().LastOrDefault()?.LaunchProfileName is { } usual
            && settings.Profiles.TryGetValue(usual, out var usualProfile)
            && IsUsual(usualProfile))
        {
            return (usual, usualProfile);
        }

        foreach (var (name, profile) in settings.Profiles)
        {
            if (IsUsual(profile))
            {
                return (name, profile);
            }
        }

        return null;
    }

    /// <summary>Whether the profile can apply without being named: one that runs the project, or a program on its behalf.</summary>
    private static bool IsUsual(LaunchProfile profile) => profile.CommandName is null or ""
        || string.Equals(profile.CommandName, "Project", StringComparison.OrdinalIgnoreCase)
        || string.Equals(profile.CommandName, "Executable", StringComparison.OrdinalIgnoreCase);

    private static LaunchSettings? Read(ProjectResource project)
    {
        if (project.Annotations.OfType<IProjectMetadata>().LastOrDefault() is not { } metadata)
        {
            return null;
        }

        if (metadata.LaunchSettings is { } given)
        {
            return given;
        }

        if (!File.Exists(metadata.ProjectPath))
        {
            throw new DistributedApplicationException($"Project file '{metadata.ProjectPath}' was not found.");
        }

        var path = PathOf(metadata);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), s_options);
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"Failed to get effective launch profile for project resource '{project.Name}'. There is malformed JSON in the project's launch settings file at '{path}'.", exception);
        }
    }

    private static string PathOf(IProjectMetadata metadata)
    {
        var directory = Path.GetDirectoryName(metadata.ProjectPath) ?? "";
        return metadata.IsFileBasedApp
            ? Path.Combine(directory, $"{Path.GetFileNameWithoutExtension(metadata.ProjectPath)}.run.json")
            : Path.Combine(directory, "Properties", "launchSettings.json");
    }
}
