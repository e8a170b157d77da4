using System.Text.Json;

namespace Link;

/// <summary>Finds out which AppHost is meant: the one named, the one of the current directory, or the only one running.</summary>
internal static class AppHostLocator
{
    private const string ConfigurationFile = "aspire.config.json";

    /// <summary>The directory of the AppHost, or null when neither the command line nor the current directory names one.</summary>
    public static string? FindDirectory(string? named, string currentDirectory)
    {
        if (named is null)
        {
            return FromConfiguration(currentDirectory);
        }

        var path = Path.GetFullPath(named, currentDirectory);
        if (File.Exists(path))
        {
            return Path.GetDirectoryName(path);
        }

        if (!Directory.Exists(path))
        {
            throw new LinkException($"there is no AppHost at {path}.");
        }

        // The root of a repository stands for the AppHost it configures.
        return Directory.EnumerateFiles(path, "*.csproj").Any() ? path : FromConfigurationIn(path) ?? path;
    }

    private static string? FromConfiguration(string directory)
    {
        for (var current = directory; current is not null; current = Path.GetDirectoryName(current))
        {
            if (FromConfigurationIn(current) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? FromConfigurationIn(string directory)
    {
        var file = Path.Combine(directory, ConfigurationFile);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.TryGetProperty("appHost", out var appHost)
                && appHost.TryGetProperty("path", out var path)
                && path.GetString() is { Length: > 0 } project
                ? Path.GetDirectoryName(Path.GetFullPath(project, directory))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new LinkException($"{file} can't be read: {exception.Message}");
        }
    }
}
