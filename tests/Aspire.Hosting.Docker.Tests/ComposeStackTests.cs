using System.Net;
using System.Text.Json;
using Shared;
using Shared.Docker;

namespace Aspire.Hosting.Docker.Tests;

/// <summary>What the AppHost publishes comes up on a real Docker engine, by Docker Compose.</summary>
public sealed class ComposeStackTests(DockerEngine engine) : IClassFixture<DockerEngine>, IDisposable
{
    private const string Project = "shop";
    private const string CounterImageName = "counter:test";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    // What is killed has not saved: a slow machine gets the time it needs.
    private const string Grace = "60";

    private readonly string _output = Directory.CreateTempSubdirectory("stack-").FullName;
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { { "Accept", "application/json" } } };

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_output, recursive: true);
    }

    [Fact]
    public async Task The_published_stack_counts_keeps_its_data_and_leaves_nothing()
    {
        Tools.Require("docker-compose");
        await engine.StartAsync();
        await CounterImage.ImportAsync(engine, CounterImageName);

        // No registry is reachable: something that runs stands in for the dashboard, which no count depends on.
        await engine.ImportAsync(
            "mcr.microsoft.com/dotnet/nightly/aspire-dashboard:latest", ["sh", "sleep"], folder: null,
            "CMD [\"sh\", \"-c\", \"trap exit TERM; sleep infinity & wait\"]");

        (await ProgramRun.AppHostAsync("--operation", "publish", "--step", "publish", "--target", "compose", "--output-path", _output)).Succeeded();
        FillIn(("COUNTER_IMAGE", CounterImageName), ("COUNTER_PORT", "8080"), ("REDIS_SERVER_PASSWORD", "Secret0"));
        try
        {
            await ComposeAsync("up", "-d");
            var counter = await CounterAsync();
            for (var expected = 1; expected <= 3; expected++)
            {
                Assert.Equal(expected, await CountAsync(counter));
            }

            await ComposeAsync("down", "--timeout", Grace);
            Assert.Equal("", await ContainersAsync());
            await ComposeAsync("up", "-d");

            Assert.Equal(4, await CountAsync(await CounterAsync()));
        }
        finally
        {
            await ComposeAsync("down", "--volumes", "--timeout", Grace);
        }

        Assert.Equal("", await ContainersAsync());
        Assert.Equal("", await engine.RunAsync("volume", "ls", "-q"));
        Assert.Equal("", await engine.RunAsync("network", "ls", "-q", "--filter", "type=custom"));
    }

    private void FillIn(params (string Name, string Value)[] values)
    {
        var file = Path.Combine(_output, ".env");
        var text = File.ReadAllText(file);
        foreach (var (name, value) in values)
        {
            Assert.Contains($"{name}=\n", text, StringComparison.Ordinal);
            text = text.Replace($"{name}=\n", $"{name}={value}\n", StringComparison.Ordinal);
        }

        File.WriteAllText(file, text);
    }

    private async Task<string> ComposeAsync(params IEnumerable<string> arguments) =>
        (await ProgramRun.StartAsync("docker-compose", ["-p", Project, .. arguments], _output, new Dictionary<string, string>(engine.Environment) { ["COMPOSE_HTTP_TIMEOUT"] = "180" })).Succeeded().Output;

    private Task<string> ContainersAsync() => engine.RunAsync("ps", "-aq");

    /// <summary>Where the counter is, once it can count.</summary>
    private async Task<Uri> CounterAsync()
    {
        for (var deadline = DateTime.UtcNow + s_patience; ; await Task.Delay(500))
        {
            try
            {
                var port = (await ComposeAsync("port", "counter", "8080")).Trim().Split(':')[^1];
                var counter = new Uri($"http://127.0.0.1:{port}/");
                using var response = await _http.GetAsync(new Uri(counter, "api/count"));
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return counter;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            catch (Xunit.Sdk.XunitException error)
            {
                Assert.Fail($"{error.Message}\n{await ComposeAsync("logs", "--no-color")}");
            }

            Assert.True(DateTime.UtcNow < deadline, await ComposeAsync("logs", "--no-color"));
        }
    }

    private async Task<long> CountAsync(Uri counter)
    {
        using var answer = JsonDocument.Parse(await _http.GetStringAsync(counter));
        return answer.RootElement.GetProperty("number").GetInt64();
    }
}
