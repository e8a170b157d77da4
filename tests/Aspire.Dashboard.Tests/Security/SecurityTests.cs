using System.Net;
using Aspire.Dashboard.Security;
using Aspire.Dashboard.Tests.Otlp;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Tests.Security;

public sealed class SecurityTests
{
    [Fact]
    public async Task A_good_token_signs_in_and_is_left_behind()
    {
        await using var receiver = await Receiver.StartAsync(o => o.BrowserToken = Receiver.Token);
        using var challenged = await receiver.GetAsync("/traces?x=1");
        Assert.Equal((HttpStatusCode.Redirect, "/login?returnUrl=%2Ftraces%3Fx%3D1"), (challenged.StatusCode, challenged.Headers.Location?.OriginalString));

        using var signedIn = await receiver.GetAsync($"/login?t={Receiver.Token}&returnUrl=%2Ftraces");
        Assert.Equal((HttpStatusCode.Redirect, "/traces"), (signedIn.StatusCode, signedIn.Headers.Location?.OriginalString));
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(".Aspire.Dashboard.Auth=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Receiver.Token, cookie, StringComparison.Ordinal);

        Receiver.MustBe(HttpStatusCode.OK, await receiver.GetAsync("/traces", ("Cookie", cookie.Split(';')[0])));
        Receiver.MustBe(HttpStatusCode.Redirect, await receiver.GetAsync("/traces", ("Cookie", cookie.Split(';')[0] + "x")));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("http://evil.example")]
    public async Task The_way_back_after_signing_in_never_leads_elsewhere(string returnUrl)
    {
        await using var receiver = await Receiver.StartAsync(o => o.BrowserToken = Receiver.Token);
        using var response = await receiver.GetAsync($"/login?t={Receiver.Token}&returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal("/", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_wrong_token_does_not_sign_in()
    {
        await using var receiver = await Receiver.StartAsync(o => o.BrowserToken = Receiver.Token);
        using var response = await receiver.GetAsync("/login?t=wrong");
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Receiver.MustBe(HttpStatusCode.Unauthorized, await receiver.GetAsync("/api/live?signals=logs"));
        Receiver.MustBe(HttpStatusCode.Unauthorized, await receiver.GetAsync("/api/telemetry/spans"));
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_away_and_another_site_can_not_do_it()
    {
        await using var receiver = await Receiver.StartAsync(o => o.BrowserToken = Receiver.Token);
        using var signedIn = await receiver.GetAsync($"/login?t={Receiver.Token}");
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie")).Split(';')[0];

        using var foreign = await receiver.GetAsync("/api/signout", ("Cookie", cookie), ("Sec-Fetch-Site", "cross-site"));
        Assert.False(foreign.Headers.Contains("Set-Cookie"));
        using var signedOut = await receiver.GetAsync("/api/signout", ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal((HttpStatusCode.Redirect, "/login"), (signedOut.StatusCode, signedOut.Headers.Location?.OriginalString));
        var removed = Assert.Single(signedOut.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(".Aspire.Dashboard.Auth=; expires=Thu, 01 Jan 1970", removed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_ends_after_three_days_whatever_the_browser_does_with_its_cookie()
    {
        var clock = new Clock();
        var sessions = new BrowserSessions(new() { BrowserToken = Receiver.Token }, clock);
        var signIn = new DefaultHttpContext();
        var id = sessions.SignIn(signIn);
        var request = new DefaultHttpContext();
        request.Request.Headers.Cookie = signIn.Response.Headers.SetCookie.ToString().Split(';')[0];

        clock.Now += TimeSpan.FromDays(3) - TimeSpan.FromSeconds(2);
        Assert.Equal(id, sessions.GetSession(request));
        clock.Now += TimeSpan.FromSeconds(3);
        Assert.Null(sessions.GetSession(request));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public async Task Another_host_name_is_turned_away()
    {
        await using var receiver = await Receiver.StartAsync();
        Receiver.MustBe(HttpStatusCode.MisdirectedRequest, await receiver.GetAsync("/", ("Host", "evil.example")));
        Receiver.MustBe(HttpStatusCode.OK, await receiver.GetAsync("/", ("Host", "app.dev.localhost")));
    }

    [Fact]
    public async Task A_command_needs_a_token_of_our_own_pages()
    {
        await using var receiver = await Receiver.StartAsync();
        using var plain = new HttpRequestMessage(HttpMethod.Post, receiver.FrontendUrl + "/data/clear") { Content = new FormUrlEncodedContent([]) };
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.SendAsync(plain));
        using var foreign = new HttpRequestMessage(HttpMethod.Post, receiver.FrontendUrl + "/data/clear") { Content = new FormUrlEncodedContent([]) };
        foreign.Headers.Add("Origin", "http://evil.example");
        Receiver.MustBe(HttpStatusCode.Forbidden, await receiver.SendAsync(foreign));
    }

    [Fact]
    public async Task Pages_carry_a_strict_policy()
    {
        await using var receiver = await Receiver.StartAsync();
        using var response = await receiver.GetAsync("/");
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }
}
