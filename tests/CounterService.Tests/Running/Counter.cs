using System.Net;
using System.Text.Json;
using Shared;

namespace CounterService.Tests.Running;

/// <summary>The real service, as a process of its own.</summary>
internal sealed class Counter : IAsyncDisposable
{
    /// <summary>Settings for a test that wants every request answered, however slow the machine.</summary>
    public static readonly (string Name, string Value)[] Patient = [("Counter__AttemptTimeout", "00:00:10"), ("Counter__SettleTimeout", "00:00:50")];

    private Counter(ChildProcess process, int port)
    {
        Process = process;
        Address = new Uri($"http://127.0.0.1:{port}/");
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(3) };
    }

    public ChildProcess Process { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static async Task<Counter> StartAsync(string connectionString, params (string Name, string Value)[] settings)
    {
        var port = FreePort.Next();
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["ConnectionStrings__redis"] = connectionString,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var process = new ChildProcess("dotnet", [Path.Combine(AppContext.BaseDirectory, "CounterService.dll")], environment);
        var counter = new Counter(process, port);
        await Poll.UntilAsync(
            async () => (await counter.Client.GetAsync("api/count")).IsSuccessStatusCode,
            () => $"The counter does not answer: {process.Output}");
        return counter;
    }

    /// <summary>The request's number, or null when it was answered with 503.</summary>
    public async Task<long?> CountAsync(string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("application/json");
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        using var response = await Client.SendAsync(request);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
        {
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            return null;
        }

        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("number").GetInt64();
    }

    public async Task<long> TotalAsync()
    {
        using var answer = JsonDocument.Parse(await Client.GetStringAsync("api/count"));
        return answer.RootElement.GetProperty("total").GetInt64();
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        Process.Dispose();
        return ValueTask.CompletedTask;
    }
}
