#pragma warning disable CA1308 // Volume names are lower-case.
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Makes names for volumes that are the same in every run and differ between applications.</summary>
public static class VolumeNameGenerator
{
    /// <summary>The name of a volume of the resource.</summary>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(suffix);

        if (suffix.Length == 0 || !char.IsAsciiLetterOrDigit(suffix[0]) || suffix.Any(c => !IsAllowed(c)))
        {
            throw new ArgumentException($"The suffix '{suffix}' contains invalid characters. It must match [a-zA-Z0-9][a-zA-Z0-9_.-]*.", nameof(suffix));
        }

        var application = builder.ApplicationBuilder;
        var name = string.Concat(application.Environment.ApplicationName.Select(c => IsAllowed(c) ? c : '_'));
        var hash = application.Configuration["AppHost:Sha256"]![..10];
        return $"{name.ToLowerInvariant()}-{hash.ToLowerInvariant()}-{builder.Resource.Name}-{suffix}";
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
