namespace Aspire.Hosting.Docker.Tests;

/// <summary>The AppHost of this repository publishes to the target that is named, and to none that is not.</summary>
public sealed class AppHostTargetTests : IDisposable
{
    private readonly string _output = Directory.CreateTempSubdirectory("target-").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Fact]
    public async Task The_counter_is_published_as_a_chart()
    {
        (await PublishAsync("publish", "--target", "kubernetes")).Succeeded();

        Assert.Contains("templates/counter/deployment.yaml", Files());
        Assert.Contains("templates/redis-server/statefulset.yaml", Files());
        Assert.Contains("readinessProbe", await File.ReadAllTextAsync(Path.Combine(_output, "templates/counter/deployment.yaml")), StringComparison.Ordinal);
        Assert.Contains("persistentVolumeClaim", await File.ReadAllTextAsync(Path.Combine(_output, "templates/redis-server/statefulset.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No target.")]
    [InlineData("Unknown target 'swarm'.", "--target", "swarm")]
    public async Task What_is_no_target_is_an_error_in_one_line(string message, params string[] target)
    {
        var run = await PublishAsync("publish", target);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"Step 'publish' failed: {message} Say where: --operation publish --step publish --target compose|kubernetes --output-path DIR", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task The_manifest_is_the_same_whatever_target_is_named()
    {
        (await PublishAsync("publish-manifest")).Succeeded();
        var plain = await File.ReadAllTextAsync(Path.Combine(_output, "aspire-manifest.json"));

        (await PublishAsync("publish-manifest", "--target", "compose")).Succeeded();

        Assert.Equal(plain, await File.ReadAllTextAsync(Path.Combine(_output, "aspire-manifest.json")));
        Assert.DoesNotContain("docker-compose", plain, StringComparison.Ordinal);
    }

    private Task<ProgramRun> PublishAsync(string step, params string[] target) =>
        ProgramRun.AppHostAsync(["--operation", "publish", "--step", step, .. target, "--output-path", _output]);

    private List<string> Files() => [.. Directory.GetFiles(_output, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_output, file))];
}
