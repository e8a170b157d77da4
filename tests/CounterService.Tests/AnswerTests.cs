using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CounterService.Tests.Running;

namespace CounterService.Tests;

public sealed class AnswerTests : IAsyncLifetime
{
    private Store _store = null!;
    private Counter _counter = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await Store.Of("redis-server").StartAsync();
        _counter = await Counter.StartAsync(_store.ConnectionString, [.. Counter.Patient, ("Counter__KnownProxies__0", "127.0.0.0/8"), ("Counter__MaxAddresses", "3"), ("DASHBOARD_URL", "http://localhost:15200/login?t=secret")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _counter.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task The_text_is_the_tutorials_to_the_byte()
    {
        await _counter.Client.GetStringAsync("");
        using var response = await _counter.Client.GetAsync("");

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            "This page was generated after talking to redis.\n\nApplication Build: 1\n\nTotal requests: 2\n\nIP count: \n    ::ffff:127.0.0.1: 2\n",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Json_holds_the_total_the_callers_own_number_and_the_ranking()
    {
        await _counter.CountAsync("192.0.2.7");
        await _counter.CountAsync("192.0.2.7");
        using var answer = await GetJsonAsync("", "2001:db8:1:2:3::4");

        Assert.Equal(
            """{"total":3,"number":3,"caller":{"address":"2001:db8:1:2::/64","count":1},"top":[{"address":"::ffff:192.0.2.7","count":2},{"address":"2001:db8:1:2::/64","count":1}]}""",
            answer.RootElement.GetRawText());
    }

    [Fact]
    public async Task Addresses_beyond_the_bound_are_counted_together()
    {
        for (var i = 1; i <= 6; i++)
        {
            await _counter.CountAsync($"192.0.2.{i}");
        }

        using var answer = await GetJsonAsync("", "192.0.2.7");
        var caller = answer.RootElement.GetProperty("caller");
        Assert.Equal(("other", 4), (caller.GetProperty("address").GetString(), caller.GetProperty("count").GetInt64()));
        Assert.Equal(4, answer.RootElement.GetProperty("top").GetArrayLength());
        Assert.Equal("other", answer.RootElement.GetProperty("top")[0].GetProperty("address").GetString());
    }

    [Fact]
    public async Task Reads_do_not_count()
    {
        await _counter.CountAsync();
        using var head = await _counter.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, ""));
        await _counter.Client.GetStringAsync("api/count");
        await _counter.Client.GetStringAsync("openapi/v1.json");
        await _counter.Client.GetStringAsync("health");
        await _counter.Client.GetStringAsync("assets/counter.js");
        await using (var live = await _counter.Client.GetStreamAsync("live"))
        {
            using var reader = new StreamReader(live);
            string? line;
            do
            {
                line = await reader.ReadLineAsync();
            }
            while (line?.StartsWith("data: ", StringComparison.Ordinal) is not true);

            Assert.Contains("\"total\":1", line, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(1, await _counter.TotalAsync());
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("application/json", "application/json")]
    [InlineData("text/plain;q=0.5, application/json;q=0.9", "application/json")]
    [InlineData("text/html;q=0.1, text/plain", "text/plain")]
    [InlineData("*/*", "text/plain")]
    [InlineData("image/png", "text/plain")]
    [InlineData("not a media type", "text/plain")]
    public async Task The_form_of_the_answer_is_negotiated(string accept, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _counter.Client.SendAsync(request);

        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Accept", response.Headers.Vary.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Errors_are_problem_details()
    {
        using var post = await _counter.Client.PostAsync("", null);
        using var missing = await _counter.Client.GetAsync("missing");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("application/problem+json", post.Content.Headers.ContentType?.MediaType);
        Assert.Equal(404, (await missing.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task The_API_describes_itself()
    {
        using var description = JsonDocument.Parse(await _counter.Client.GetStringAsync("openapi/v1.json"));

        var paths = description.RootElement.GetProperty("paths");
        Assert.Equal(["/", "/api/count", "/live"], paths.EnumerateObject().Select(path => path.Name).Order());
        Assert.True(paths.GetProperty("/").GetProperty("get").GetProperty("responses").TryGetProperty("503", out _));
    }

    [Fact]
    public async Task A_service_that_is_told_to_stop_answers_what_it_was_asked()
    {
        var answers = Enumerable.Range(0, 50).Select(_ => _counter.CountAsync()).ToArray();
        await Task.WhenAny(answers);
        _counter.Process.Signal("TERM");

        var numbers = new List<long>();
        foreach (var answer in answers)
        {
            try
            {
                numbers.Add((await answer)!.Value);
            }
            catch (HttpRequestException)
            {
                // Its connection was not accepted any more.
            }
        }

        await _counter.Process.WaitForExitAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(0, _counter.Process.ExitCode);
        using var connection = await _store.ConnectAsync();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.True((long)await connection.GetDatabase().StringGetAsync("requests") >= numbers.Max());
    }

    private async Task<JsonDocument> GetJsonAsync(string path, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var response = await _counter.Client.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }
}
