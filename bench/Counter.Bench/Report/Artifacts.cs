using Shared;

namespace Counter.Bench.Report;

/// <summary>Where results go.</summary>
internal static class Artifacts
{
    public static string Path(string file) =>
        System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(Repository.Root, "artifacts", "bench")).FullName, file);
}
