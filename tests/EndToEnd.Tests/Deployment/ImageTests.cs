using System.Globalization;
using Shared.Docker;

namespace EndToEnd.Tests.Deployment;

/// <summary>The counter as a container on a real engine: as little as a container can be allowed, and as it is stopped everywhere.</summary>
[Collection(nameof(NetworkTurns))]
public sealed class ImageTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    private const string Network = "counted";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_image_of_the_Dockerfile_runs_with_next_to_no_rights_and_loses_no_counted_request_when_stopped()
    {
        await engine.StartAsync();
        await RunsAndStopsAsync(await CounterImage.FromDockerfileAsync(engine));
    }

    [Fact]
    public async Task The_image_of_PublishContainer_runs_with_next_to_no_rights_and_loses_no_counted_request_when_stopped()
    {
        await engine.StartAsync();
        var image = await CounterImage.FromPublishContainerAsync(engine);

        Assert.Equal("map[3000/tcp:{}]", (await engine.RunAsync("image", "inspect", "--format", "{{.Config.ExposedPorts}}", image)).Trim());
        await RunsAndStopsAsync(image, "--health-cmd", "dotnet /app/CounterService.dll --health");
    }

    private async Task RunsAndStopsAsync(string image, params string[] options)
    {
        await engine.RunAsync("network", "create", Network);
        await engine.RunAsync("run", "-d", "--name", "store", "--network", Network, "--network-alias", "redis", DockerEngine.RedisImage, "redis-server", "--requirepass", "secret");
        await engine.RunAsync([
            "run", "-d", "--name", "counter", "--network", Network, "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
            "--env", "ConnectionStrings__redis=redis:6379,password=secret", "--health-interval", "2s", .. options, image]);

        await UntilAsync("{{.State.Health.Status}}", "healthy");
        Assert.Equal("true", await CounterAsync("{{.HostConfig.ReadonlyRootfs}}"));
        Assert.All(await OwnersAsync(), id => Assert.Equal("1654", id));

        // Straight to the container: nothing in between can lose an answer.
        var address = await CounterAsync("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}:3000"), Timeout = s_patience };
        var first = await http.GetStringAsync("/", TestContext.Current.CancellationToken);
        Assert.Contains("Total requests: 1\n", first, StringComparison.Ordinal);

        var answered = 1;
        var clients = Enumerable.Range(0, 16).Select(_ => Task.Run(CountAsync)).ToList();
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref answered) > 1_000), "a thousand requests were answered");
        await engine.RunAsync("stop", "--time", "30", "counter");
        await Task.WhenAll(clients).WaitAsync(s_patience);

        Assert.Equal("0", await CounterAsync("{{.State.ExitCode}}"));
        Assert.Equal(answered, int.Parse(await engine.RunAsync("exec", "--env", "REDISCLI_AUTH=secret", "store", "redis-cli", "GET", "requests"), CultureInfo.InvariantCulture));
        await engine.RunAsync("rm", "-f", "counter", "store");
        await engine.RunAsync("network", "rm", Network);

        async Task CountAsync()
        {
            try
            {
                while (true)
                {
                    using var answer = await http.GetAsync("/");
                    if (answer.IsSuccessStatusCode)
                    {
                        Interlocked.Increment(ref answered);
                    }
                }
            }
            catch (HttpRequestException)
            {
                // Stopped.
            }
        }
    }

    private async Task<string> CounterAsync(string format) => (await engine.RunAsync("inspect", "--format", format, "counter")).Trim();

    /// <summary>Who the process is: real, effective, saved and file-system user.</summary>
    private async Task<string[]> OwnersAsync()
    {
        var status = await File.ReadAllLinesAsync($"/proc/{await CounterAsync("{{.State.Pid}}")}/status");
        return status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1..];
    }

    private Task UntilAsync(string format, string value) => UntilAsync(async () => await CounterAsync(format) == value, $"{format} is {value}");

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var deadline = DateTime.UtcNow + s_patience; !await condition(); await Task.Delay(500))
        {
            if (DateTime.UtcNow > deadline || await CounterAsync("{{.State.Running}}") == "false")
            {
                var state = await Command.RunAsync("/", engine.Environment, "sh", "-c", "docker inspect --format '{{json .State}}' counter; docker logs counter 2>&1");
                Assert.Fail($"Waited in vain for this: {what}.\n{state}");
            }
        }
    }
}
