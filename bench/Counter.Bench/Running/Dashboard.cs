using System.Text.Json;
using Shared;

namespace Counter.Bench.Running;

/// <summary>The dashboard, in a process of its own, and its account of what it received.</summary>
internal sealed class Dashboard : IDisposable
{
    private readonly HttpClient _client;

    private Dashboard(int port, int otlpPort)
    {
        OtlpUrl = $"http://127.0.0.1:{otlpPort}";
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Process = new Child("dotnet", [Path.Combine(AppContext.BaseDirectory, "Aspire.Dashboard.dll")], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = _client.BaseAddress.ToString(),
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = OtlpUrl,
            ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true",
        });
    }

    public Child Process { get; }

    public string OtlpUrl { get; }

    public static async Task<Dashboard> StartAsync()
    {
        var dashboard = new Dashboard(FreePort.Next(), FreePort.Next());
        await dashboard.Process.FirstAnswerAsync(dashboard.AccountAsync);
        return dashboard;
    }

    /// <summary>Waits until nothing has come for so long, and reads what there is then.</summary>
    public async Task<Account> AccountAtRestAsync(TimeSpan quiet)
    {
        for (var account = await AccountAsync(); ;)
        {
            await Task.Delay(quiet);
            var now = await AccountAsync();
            if (now.Spans == account.Spans)
            {
                return now;
            }

            account = now;
        }
    }

    public async Task<Account> AccountAsync()
    {
        using var answer = JsonDocument.Parse(await _client.GetStringAsync("/api/telemetry/accounts"));
        var spans = answer.RootElement.GetProperty("spans");
        return new Account(
            answer.RootElement.GetProperty("requestsReceived").GetInt64(),
            spans.GetProperty("received").GetInt64(),
            spans.GetProperty("kept").GetInt64(),
            spans.GetProperty("evicted").GetInt64(),
            spans.GetProperty("refused").GetInt64() + spans.GetProperty("refusedRequests").GetInt64(),
            spans.GetProperty("duplicates").GetInt64(),
            spans.GetProperty("lost").GetInt64());
    }

    public void Dispose()
    {
        _client.Dispose();
        Process.Dispose();
    }

    internal sealed record Account(long Requests, long Spans, long Kept, long Evicted, long Refused, long Duplicates, long Lost);
}
