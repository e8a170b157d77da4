using System.Net;
using CounterService.Counting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CounterService.Tests;

public class AddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("::1", "::1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    public void An_address_is_shown_as_the_tutorial_does(string address, string expected) =>
        Assert.Equal(expected, Address.From(IPAddress.Parse(address)).ToString());

    [Fact]
    public void A_connection_without_an_address_is_unknown() => Assert.Equal("unknown", Address.From(null).ToString());

    [Theory]
    [InlineData("198.51.100.1", "203.0.113.9", "::ffff:198.51.100.1")]
    [InlineData("10.0.0.1", "", "::ffff:10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9", "::ffff:203.0.113.9")]
    [InlineData("::ffff:10.0.0.1", "203.0.113.9", "::ffff:203.0.113.9")]
    [InlineData("10.0.0.1", "192.0.2.66, 203.0.113.9", "::ffff:203.0.113.9")]
    [InlineData("10.0.0.1", "203.0.113.9, 10.9.9.9", "::ffff:203.0.113.9")]
    [InlineData("10.0.0.1", "203.0.113.9:4711", "::ffff:203.0.113.9")]
    [InlineData("10.0.0.1", "<script>, 10.9.9.9", "::ffff:10.9.9.9")]
    [InlineData("10.0.0.1", "nonsense", "::ffff:10.0.0.1")]
    [InlineData("2001:db8::1", "203.0.113.9", "::ffff:203.0.113.9")]
    public void A_forwarded_address_counts_only_as_far_as_known_proxies_wrote_it(string peer, string header, string expected)
    {
        var callers = new CallerAddress(Options.Create(new CounterOptions { KnownProxies = ["10.0.0.0/8", "2001:db8::1"] }));
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Headers["X-Forwarded-For"] = header;

        Assert.Equal(expected, callers.Of(context).ToString());
    }

    [Fact]
    public void A_bad_configuration_is_found_at_the_start()
    {
        var result = new CounterOptionsValidator().Validate(null, new CounterOptions { KnownProxies = ["10.0.0.0/8", "proxy"], MaxQueue = 0, AttemptTimeout = TimeSpan.FromMinutes(1) });

        Assert.Equal(3, result.Failures!.Count());
    }
}
