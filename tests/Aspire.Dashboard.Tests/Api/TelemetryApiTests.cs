using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Aspire.Dashboard.Tests.Otlp;

namespace Aspire.Dashboard.Tests.Api;

public sealed class TelemetryApiTests
{
    [Fact]
    public async Task Spans_traces_and_logs_are_answered_as_otlp_json_with_counts()
    {
        await using var receiver = await Receiver.StartAsync(o => { o.BrowserToken = Receiver.Token; o.ApiKey = "api-key"; });
        for (var i = 1; i <= 3; i++)
        {
            (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(i))).Dispose();
        }

        (await receiver.PostJsonAsync("/v1/logs", Receiver.Log("hello"))).Dispose();
        Receiver.MustBe(HttpStatusCode.Unauthorized, await receiver.GetAsync("/api/telemetry/spans", ("X-API-Key", "wrong")));

        using var spans = await GetAsync(receiver, "/api/telemetry/spans?limit=2&resource=counter");
        Assert.Equal((3, 2), (spans.RootElement.GetProperty("totalCount").GetInt32(), spans.RootElement.GetProperty("returnedCount").GetInt32()));
        var items = spans.RootElement.GetProperty("data").GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans");
        Assert.Equal(["0000000000000002", "0000000000000003"], items.EnumerateArray().Select(s => s.GetProperty("spanId").GetString()));

        using var trace = await GetAsync(receiver, $"/api/telemetry/traces/{1:x32}");
        Assert.Equal(1, trace.RootElement.GetProperty("returnedCount").GetInt32());
        using var logs = await GetAsync(receiver, "/api/telemetry/logs?severity=error");
        Assert.Equal("hello", logs.RootElement.GetProperty("data").GetProperty("resourceLogs")[0].GetProperty("scopeLogs")[0].GetProperty("logRecords")[0].GetProperty("body").GetProperty("stringValue").GetString());
        using var accounts = await GetAsync(receiver, "/api/telemetry/accounts");
        Assert.Equal(3, accounts.RootElement.GetProperty("spans").GetProperty("kept").GetInt32());
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.GetAsync("/api/telemetry/spans?limit=x", ("X-API-Key", "api-key")));
        Receiver.MustBe(HttpStatusCode.NotFound, await receiver.GetAsync($"/api/telemetry/traces/{9:x32}", ("X-API-Key", "api-key")));
    }

    [Fact]
    public async Task Follow_sends_what_arrives_line_by_line()
    {
        await using var receiver = await Receiver.StartAsync();
        using var response = await receiver.GetAsync("/api/telemetry/spans?follow=true");
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var i = 1; i <= 2; i++)
        {
            (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(i))).Dispose();
            var line = await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Contains($"\"spanId\":\"{i:x16}\"", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_export_can_be_imported_again()
    {
        await using var source = await Receiver.StartAsync();
        (await source.PostJsonAsync("/v1/traces", Receiver.Span(1, "<script>alert(1)</script>", """{"key":"k","value":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}}]}}}"""))).Dispose();
        (await source.PostJsonAsync("/v1/logs", Receiver.Log("hello"))).Dispose();
        using var exported = await source.GetAsync("/api/data/export");
        var zip = await exported.Content.ReadAsByteArrayAsync();

        await using var target = await Receiver.StartAsync();
        using var response = await ImportAsync(target, zip);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var span = Assert.Single(target.Host.Telemetry.Traces.QuerySpans(new()).Items);
        Assert.Equal(("<script>alert(1)</script>", """{"a":1}"""), (span.Name, span.Attributes["k"]));
        Assert.Equal("hello", Assert.Single(target.Host.Telemetry.Logs.Query(new()).Items).Message);
    }

    [Fact]
    public async Task A_zip_bomb_is_refused_and_leaves_nothing()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var good = zip.CreateEntry("traces.json").Open())
            {
                good.Write(System.Text.Encoding.UTF8.GetBytes(Receiver.Span(1)));
            }

            using var bomb = zip.CreateEntry("logs.json").Open();
            var zeros = new byte[1_000_000];
            for (var i = 0; i < 110; i++)
            {
                bomb.Write(zeros);
            }
        }

        await using var receiver = await Receiver.StartAsync();
        Receiver.MustBe(HttpStatusCode.BadRequest, await ImportAsync(receiver, buffer.ToArray()));
        Assert.Equal(0, receiver.Host.Telemetry.Traces.Count);
    }

    private static async Task<JsonDocument> GetAsync(Receiver receiver, string path)
    {
        using var response = await receiver.GetAsync(path, ("X-API-Key", "api-key"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> ImportAsync(Receiver receiver, byte[] file)
    {
        using var page = await receiver.GetAsync("/data");
        var html = await page.Content.ReadAsStringAsync();
        var token = System.Text.RegularExpressions.Regex.Match(html, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.FrontendUrl + "/api/data/import")
        {
            Content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(file), "file", "telemetry.zip" } },
        };
        return await receiver.SendAsync(request);
    }
}
