using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Execution;

namespace Aspire.Hosting.Tests.Execution;

public sealed class EndpointProxyTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly EndpointProxy _proxy = EndpointProxy.Start("localhost", 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpListener> _servers = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _servers.ForEach(server => server.Stop());
        await _proxy.DisposeAsync();
        _end.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Both_loopback_addresses_lead_to_the_instance(string address)
    {
        if (address == "::1" && !await HasIpV6Async())
        {
            return;
        }

        _proxy.Targets.Add(StartServer("a"));

        Assert.Equal("a:hello", await AskAsync("hello", IPAddress.Parse(address)));
    }

    [Fact]
    public async Task A_connection_made_before_there_is_an_instance_is_held_until_there_is_one()
    {
        var answer = AskAsync("early");
        await Task.Delay(200);
        Assert.False(answer.IsCompleted);

        _proxy.Targets.Add(StartServer("late"));

        Assert.Equal("late:early", await answer.WaitAsync(s_patience));
    }

    [Fact]
    public async Task A_connection_is_held_while_the_instance_does_not_listen_yet()
    {
        var port = new PortAllocator().Next();
        _proxy.Targets.Add(new IPEndPoint(IPAddress.Loopback, port));
        var answer = AskAsync("wait");
        await Task.Delay(300);

        StartServer("up", port);

        Assert.Equal("up:wait", await answer.WaitAsync(s_patience));
    }

    [Fact]
    public async Task Every_instance_gets_its_share()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            _proxy.Targets.Add(StartServer(name));
        }

        var answers = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            answers.Add(await AskAsync("x"));
        }

        Assert.Equal(["a:x", "b:x", "c:x"], answers.Distinct().Order());
    }

    [Fact]
    public async Task An_instance_that_does_not_listen_is_passed_over_for_one_that_does()
    {
        _proxy.Targets.Add(new IPEndPoint(IPAddress.Loopback, new PortAllocator().Next()));
        _proxy.Targets.Add(StartServer("alive"));

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("alive:x", await AskAsync("x").WaitAsync(s_patience));
        }
    }

    [Fact]
    public async Task An_answer_still_comes_after_the_client_has_ended_its_side()
    {
        _proxy.Targets.Add(StartServer("half", readToEnd: true));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("closed"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);

        using var reader = new StreamReader(stream);
        Assert.Equal("half:closed", await reader.ReadToEndAsync().WaitAsync(s_patience));
    }

    [Fact]
    public async Task Bytes_pass_unchanged_and_in_order_in_both_directions()
    {
        var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _servers.Add(server);
        _proxy.Targets.Add((IPEndPoint)server.LocalEndpoint);
        var sent = new byte[8 * 1024 * 1024];
        new Random(7).NextBytes(sent);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        using var echo = await server.AcceptTcpClientAsync();
        var echoing = Task.Run(async () =>
        {
            await echo.GetStream().CopyToAsync(echo.GetStream());
            echo.Client.Shutdown(SocketShutdown.Send);
        });
        var stream = client.GetStream();
        var writing = Task.Run(async () =>
        {
            await stream.WriteAsync(sent);
            client.Client.Shutdown(SocketShutdown.Send);
        });
        var received = new MemoryStream();
        await stream.CopyToAsync(received).WaitAsync(s_patience);
        await Task.WhenAll(writing, echoing);

        Assert.True(sent.AsSpan().SequenceEqual(received.ToArray()));
    }

    [Fact]
    public async Task A_reset_of_the_instance_ends_the_connection_of_the_client()
    {
        var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _servers.Add(server);
        _proxy.Targets.Add((IPEndPoint)server.LocalEndpoint);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        var accepted = await server.AcceptSocketAsync();

        // Once a byte has come through, the connection is whole, and its reset is not taken for a failure to connect.
        await accepted.SendAsync("x"u8.ToArray());
        await client.GetStream().ReadExactlyAsync(new byte[1]);

        accepted.LingerState = new LingerOption(true, 0);
        accepted.Close();

        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(s_patience));
        }
        catch (IOException)
        {
            // A reset is as good an end.
        }
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error()
    {
        Assert.Throws<SocketException>(() => EndpointProxy.Start("localhost", _proxy.Port));
    }

    [Fact]
    public async Task The_port_is_free_again_after_the_end()
    {
        var proxy = EndpointProxy.Start("localhost", 0);
        var port = proxy.Port;
        await proxy.DisposeAsync();

        await using var again = EndpointProxy.Start("localhost", port);
        Assert.Equal(port, again.Port);
    }

    private static async Task<bool> HasIpV6Async()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            using var client = new TcpClient(AddressFamily.InterNetworkV6);
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> AskAsync(string text, IPAddress? address = null)
    {
        using var client = new TcpClient((address ?? IPAddress.Loopback).AddressFamily);
        await client.ConnectAsync(address ?? IPAddress.Loopback, _proxy.Port);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }

    private IPEndPoint StartServer(string name, int port = 0, bool readToEnd = false)
    {
        var server = new TcpListener(IPAddress.Loopback, port);
        server.Start();
        _servers.Add(server);
        _ = Task.Run(async () =>
        {
            while (!_end.IsCancellationRequested)
            {
                using var client = await server.AcceptTcpClientAsync(_end.Token);
                var buffer = new byte[1024];
                var read = 0;
                int last;
                do
                {
                    last = await client.GetStream().ReadAsync(buffer.AsMemory(read));
                    read += last;
                }
                while (readToEnd && last > 0);

                await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{name}:{System.Text.Encoding.ASCII.GetString(buffer, 0, read)}"));
            }
        });
        return (IPEndPoint)server.LocalEndpoint;
    }
}
