using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis.Tests;

public sealed class RedisHealthCheckTests
{
    [Theory]
    [InlineData("localhost:6380,password=p=4,ssl=true", "localhost", 6380, null, "p=4", true)]
    [InlineData("redis,Password=secret,user=me", "redis", 6379, "me", "secret", false)]
    [InlineData("redis,ssl=True", "redis", 6380, null, null, true)]
    [InlineData("[::1]:7000", "::1", 7000, null, null, false)]
    [InlineData("abortConnect=false, one:1 ,two:2,password=", "one", 1, null, null, false)]
    public void A_connection_string_says_where_and_how(string text, string host, int port, string? user, string? password, bool tls) =>
        Assert.Equal(new RedisAddress(host, port, user, password, tls), RedisAddress.Parse(text));

    [Fact]
    public async Task A_connection_string_without_a_host_is_unhealthy() => Assert.IsType<FormatException>((await CheckAsync("password=secret")).Exception);

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Redis_is_healthy_with_its_password_and_again_after_a_restart(string forced)
    {
        var redis = StoreTests.Redis(forced, "healthy");
        await using var check = new RedisHealthCheck();
        for (var round = 0; round < 2; round++)
        {
            await using var store = await TestStore.StartAsync(redis, forced);
            await (await store.ConnectAsync()).DisposeAsync();

            // The password of the tests has a comma, which no connection string can hold: what is before it is wrong.
            var answer = await CheckAsync($"localhost:{store.Port},password={TestStore.Password}", check);
            Assert.Equal(HealthStatus.Unhealthy, answer.Status);
            Assert.Contains("AUTH", answer.Exception!.Message, StringComparison.Ordinal);

            await using var connection = await RedisConnection.OpenAsync(new("localhost", store.Port, null, TestStore.Password, Tls: false), TestContext.Current.CancellationToken);
            await connection.SendAsync(["PING"], TestContext.Current.CancellationToken);
            Assert.True(connection.IsOpen);
            await store.KillAsync();
            Assert.False(connection.IsOpen);
        }
    }

    [Fact]
    public async Task One_connection_serves_all_checks_until_it_is_closed()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var check = new RedisHealthCheck();
        var address = $"127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}";
        for (var connections = 0; connections < 2; connections++)
        {
            var first = CheckAsync(address, check);
            using var peer = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await AnswerAsync(peer.GetStream(), "PING", "+PONG\r\n");
            Assert.Equal(HealthStatus.Healthy, (await first).Status);

            var second = CheckAsync(address, check);
            await AnswerAsync(peer.GetStream(), "PING", "+PONG\r\n");
            Assert.Equal(HealthStatus.Healthy, (await second).Status);
            Assert.False(server.Pending());
        }
    }

    [Theory]
    [InlineData("-LOADING Redis is loading the dataset in memory\r\n", "LOADING")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "400")]
    [InlineData(null, "closed")]
    public async Task What_does_not_answer_as_Redis_is_unhealthy_and_says_why(string? reply, string reason)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var check = new RedisHealthCheck();
        var answer = CheckAsync($"localhost:{((IPEndPoint)server.LocalEndpoint).Port}", check);
        using (var peer = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await AnswerAsync(peer.GetStream(), "PING", reply ?? "");
        }

        Assert.Equal(HealthStatus.Unhealthy, (await answer).Status);
        Assert.Contains(reason, (await answer).Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_unhealthy()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var check = new RedisHealthCheck();
        var answer = CheckAsync($"localhost:{((IPEndPoint)server.LocalEndpoint).Port},ssl=true", check);
        using var peer = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var secure = new SslStream(peer.GetStream());
        await Record.ExceptionAsync(() => secure.AuthenticateAsServerAsync(made));

        Assert.IsType<System.Security.Authentication.AuthenticationException>((await answer).Exception);
    }

    private static async Task AnswerAsync(NetworkStream stream, string command, string reply)
    {
        var request = new byte[256];
        var read = await stream.ReadAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal($"*1\r\n${command.Length}\r\n{command}\r\n", System.Text.Encoding.ASCII.GetString(request, 0, read));
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(reply), TestContext.Current.CancellationToken);
    }

    private static async Task<HealthCheckResult> CheckAsync(string connectionString, RedisHealthCheck? check = null)
    {
        check ??= new RedisHealthCheck();
        check.ConnectionString = _ => ValueTask.FromResult<string?>(connectionString);
        return await check.CheckHealthAsync(
            new HealthCheckContext { Registration = new HealthCheckRegistration("redis_check", check, HealthStatus.Unhealthy, tags: null) },
            TestContext.Current.CancellationToken);
    }
}
