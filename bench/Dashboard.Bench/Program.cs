using System.Diagnostics;
using System.Globalization;
using System.Net;
using Aspire.Dashboard;
using Dashboard.Bench;

// dotnet run -c Release --project bench/Dashboard.Bench [spans]
// Sends the telemetry of a counted service to a dashboard in this process and prints what it cost, as Markdown. The CPU time is that of the
// whole process: the sender, which only repeats prepared bytes, is in it.
var spans = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var options = new DashboardOptions { OtlpGrpcUrl = "http://127.0.0.1:0", OtlpHttpUrl = "http://127.0.0.1:0" };
options.FrontendUrls.Add("http://127.0.0.1:0");
await using var dashboard = new DashboardHost(options, resourceService: null);
var started = Stopwatch.GetTimestamp();
await dashboard.StartAsync();
Console.WriteLine($"Start: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms\n");

Console.WriteLine("| signal | protocol | items | per CPU second | µs CPU per item | per second |");
Console.WriteLine("|---|---|---:|---:|---:|---:|");
using var http = new HttpClient(new SocketsHttpHandler { EnableMultipleHttp2Connections = true });
Payload[] payloads = [Payload.Spans(), Payload.Logs(), Payload.Points()];
foreach (var payload in payloads)
{
    foreach (var grpc in new[] { true, false })
    {
        var url = grpc ? dashboard.OtlpGrpcUrl + payload.GrpcPath : dashboard.OtlpHttpUrl + payload.HttpPath;
        await SendAsync(payload, url, grpc, payload.Count * 200);
        using var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await SendAsync(payload, url, grpc, spans / 2);
        process.Refresh();
        var (used, took) = ((process.TotalProcessorTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(clock).TotalSeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {payload.Name} | {(grpc ? "gRPC" : "HTTP")} | {spans / 2:N0} | {spans / 2 / used:N0} | {used * 1e6 * 2 / spans:0.00} | {spans / 2 / took:N0} |"));
    }
}

GC.Collect();
using var self = Process.GetCurrentProcess();
Console.WriteLine($"\nResident with full buffers: {self.WorkingSet64 >> 20} MB (managed: {GC.GetTotalMemory(false) >> 20} MB)\n");
foreach (var account in dashboard.Telemetry.GetAccounts())
{
    Console.WriteLine($"- {account.Signal}: received {account.Received:N0}, kept {account.Kept:N0}, evicted {account.Evicted:N0}, refused {account.Refused:N0}, {account.Bytes >> 20} MB");
}

Console.WriteLine("\n| page | median ms | KB |\n|---|---:|---:|");
foreach (var page in new[] { "/", "/structuredlogs", "/traces", "/metrics/resource/counter", "/data" })
{
    List<double> times = [];
    var size = 0;
    for (var i = 0; i < 25; i++)
    {
        var clock = Stopwatch.GetTimestamp();
        size = (await http.GetByteArrayAsync(dashboard.FrontendUrls[0] + page)).Length;
        times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
    }

    times.Sort();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {page} | {times[times.Count / 2]:0.0} | {size >> 10} |"));
}

async Task SendAsync(Payload payload, string url, bool grpc, int items)
{
    for (var sent = 0; sent < items; sent += payload.Count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(payload.Next(grpc)),
            Version = grpc ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = new(grpc ? "application/grpc" : "application/x-protobuf");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }
}
