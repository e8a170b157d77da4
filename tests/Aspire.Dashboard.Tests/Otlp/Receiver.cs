using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Aspire.Dashboard.Tests.Otlp;

/// <summary>A dashboard of a test's own on free ports.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string ApiKey = "otlp-key";
    public const string Token = "0123456789abcdef0123456789abcdef";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = Timeout.InfiniteTimeSpan });

    private Receiver(DashboardHost host) => Host = host;

    public DashboardHost Host { get; }

    public string FrontendUrl => Host.FrontendUrls[0];

    public static async Task<Receiver> StartAsync(Action<DashboardOptions>? configure = null, params (string Key, string Value)[] limits)
    {
        var options = new DashboardOptions { OtlpGrpcUrl = "http://127.0.0.1:0", OtlpHttpUrl = "http://127.0.0.1:0" };
        options.FrontendUrls.Add("http://127.0.0.1:0");
        configure?.Invoke(options);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(limits.Select(l => KeyValuePair.Create($"Dashboard:TelemetryLimits:{l.Key}", (string?)l.Value)))
            .Build();
        var host = new DashboardHost(options, resourceService: null, configuration);
        await host.StartAsync();
        return new(host);
    }

    public Task<HttpResponseMessage> PostJsonAsync(string path, string json, string? key = null) =>
        PostAsync(path, Encoding.UTF8.GetBytes(json), "application/json", null, key);

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string contentType, string? encoding = null, string? key = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Host.OtlpHttpUrl + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        if (key is not null)
        {
            request.Headers.Add("x-otlp-api-key", key);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await _http.SendAsync(request);
    }

    /// <summary>Sends a message over gRPC and returns the status and its details, whose texts are readable in them.</summary>
    public async Task<(string Status, string Details)> PostGrpcAsync(string path, byte[] message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Host.OtlpGrpcUrl + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message]),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        using var response = await _http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        var details = response.TrailingHeaders.TryGetValues("grpc-status-details-bin", out var values) ? values.Single() : "";
        return (response.TrailingHeaders.GetValues("grpc-status").Single(), Encoding.Latin1.GetString(Convert.FromBase64String(details)));
    }

    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, FrontendUrl + path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public static string Span(int number, string name = "GET /", string attributes = "", string traceId = "") =>
        $$$$"""{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"counter"}},{"key":"service.instance.id","value":{"stringValue":"abc"}}]},"scopeSpans":[{"scope":{"name":"Test"},"spans":[{"traceId":"{{{{(traceId.Length > 0 ? traceId : number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture))}}}}","spanId":"{{{{number.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)}}}}","name":"{{{{name}}}}","kind":2,"startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000500000000","attributes":[{{{{attributes}}}}]}]}]}]}""";

    public static string Log(string message) =>
        $$$$"""{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"counter"}}]},"scopeLogs":[{"scope":{"name":"Category"},"logRecords":[{"timeUnixNano":"1700000000000000000","severityNumber":"SEVERITY_NUMBER_ERROR","body":{"stringValue":"{{{{message}}}}"}}]}]}]}""";

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
    }

    public static void MustBe(HttpStatusCode expected, HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(expected, response.StatusCode);
        }
    }
}
