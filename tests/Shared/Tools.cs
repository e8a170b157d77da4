namespace Shared;

/// <summary>
/// Programs a test needs. On a user's machine a test whose tool is missing is skipped with the reason; in CI it fails.
/// </summary>
internal static class Tools
{
    public static bool InContinuousIntegration =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the full path of a program on PATH, or skips (fails in CI).</summary>
    public static string Require(string program)
    {
        var path = Find(program);
        Require(path is not null, $"'{program}' is not on PATH; install it to run this test.");
        return path!;
    }

    /// <summary>Skips with the reason (fails in CI) unless the condition holds.</summary>
    public static void Require(bool condition, string reason)
    {
        if (condition)
        {
            return;
        }

        if (InContinuousIntegration)
        {
            Assert.Fail($"CI must not skip: {reason}");
        }

        Assert.Skip(reason);
    }

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
