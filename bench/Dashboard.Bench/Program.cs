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
// Once over to get the code compiled and the buffers full, then for the record.
foreach (var round in new[] { "cold", "" })
{
    foreach (var payload in payloads)
    {
        foreach (var grpc in new[] { true, false })
        {
            var (cpu, clock) = await MeasureAsync(payload, grpc, spans / 2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {payload.Name} | {(grpc ? "gRPC" : "HTTP")}{(round.Length > 0 ? ", " + round : "")} | {spans / 2:N0} | {spans / 2 / cpu:N0} | {cpu * 1e6 * 2 / spans:0.00} | {spans / 2 / clock:N0} |"));
        }
    }
}

await MeasureWithOpenPageAsync("/traces");
await MeasureWithOpenPageAsync("/traces?view=Map");

Console.WriteLine();
PrintMemory("with full buffers");
await Task.Delay(TimeSpan.FromSeconds(11));
PrintMemory("after some seconds of rest");
Console.WriteLine();
foreach (var account in dashboard.Telemetry.GetAccounts())
{
    Console.WriteLine($"- {account.Signal}: received {account.Received:N0}, kept {account.Kept:N0}, evicted {account.Evicted:N0}, refused {account.Refused:N0}, {account.Bytes >> 20} MB");
}

Console.WriteLine("\n| page | median ms | KB |\n|---|---:|---:|");
foreach (var page in new[] { "/", "/structuredlogs", "/traces", "/traces?view=Map", "/metrics/resource/counter", "/metrics/resource/counter?meter=Microsoft.AspNetCore&instrument=metric.1", "/data" })
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

void PrintMemory(string when)
{
    using var self = Process.GetCurrentProcess();
    Console.WriteLine($"Resident {when}: {self.WorkingSet64 >> 20} MB (managed: {GC.GetTotalMemory(false) >> 20} MB in use, {GC.GetGCMemoryInfo().TotalCommittedBytes >> 20} MB held)");
}

// Takes turns, because the machine is not equally fast all the time, and compares the medians.
async Task MeasureWithOpenPageAsync(string page)
{
    List<double> alone = [], beside = [];
    for (var i = 0; i < 7; i++)
    {
        alone.Add((await MeasureAsync(payloads[0], grpc: true, spans / 4)).Clock);
        using var closed = new CancellationTokenSource();
        var browser = BrowseAsync(page, closed.Token);
        beside.Add((await MeasureAsync(payloads[0], grpc: true, spans / 4)).Clock);
        await closed.CancelAsync();
        var asked = await browser;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? $"\nIngestion of {spans / 4:N0} spans without and with {page} open (times asked for):" : "")} {alone[i]:0.00}/{beside[i]:0.00} s ({asked})"));
    }

    alone.Sort();
    beside.Sort();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Median {alone[3]:0.00} s alone, {beside[3]:0.00} s with the page open: {(beside[3] / alone[3] - 1) * 100:+0;-0} %"));
}

// What wwwroot/js/live.js does while telemetry keeps coming: it asks four times a second, and for a page that is dear to render less often.
async Task<int> BrowseAsync(string page, CancellationToken closed)
{
    for (var asked = 0; ; asked++)
    {
        var clock = Stopwatch.GetTimestamp();
        try
        {
            await http.GetByteArrayAsync(dashboard.FrontendUrls[0] + page, closed);
            var cost = Stopwatch.GetElapsedTime(clock);
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(250, cost.TotalMilliseconds * 4)), closed);
        }
        catch (OperationCanceledException)
        {
            return asked;
        }
    }
}

async Task<(double Cpu, double Clock)> MeasureAsync(Payload payload, bool grpc, int items)
{
    var url = grpc ? dashboard.OtlpGrpcUrl + payload.GrpcPath : dashboard.OtlpHttpUrl + payload.HttpPath;
    using var process = Process.GetCurrentProcess();
    var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
    await SendAsync(payload, url, grpc, items);
    process.Refresh();
    return ((process.TotalProcessorTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(clock).TotalSeconds);
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
