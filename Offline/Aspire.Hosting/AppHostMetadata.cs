using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build of an AppHost has written into its assembly.</summary>
internal sealed record AppHostMetadata(string? ProjectDirectory, string? ProjectFile, string? IntermediateOutputPath)
{
    public static AppHostMetadata Of(Assembly assembly)
    {
        var metadata = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToList();
        return new(Value("apphostprojectpath"), Value("apphostprojectname"), Value("apphostprojectbaseintermediateoutputpath"));

        string? Value(string key) => metadata.FirstOrDefault(item => string.Equals(item.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
    }
}
