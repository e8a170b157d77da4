using System.Diagnostics;
using System.Net.Sockets;
using Link.Tests;
using Shared;

[assembly: AssemblyFixture(typeof(RedisServer))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Link.Tests;

/// <summary>A real redis-server with a password, shared by the tests.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    public const string Password = "pass+word/1";

    private readonly string _directory = Directory.CreateTempSubdirectory("link-redis-").FullName;
    private Process? _process;
    private string _clientVersion = "";

    /// <summary>Where it listens; skips (fails in CI) where there is none.</summary>
    public int Port
    {
        get
        {
            Tools.Require(_process is not null, "'redis-server' is not on PATH; install it to run this test.");
            return field;
        }

        private set;
    }

    /// <summary>Debian's redis-cli; newer ones print some things in other words.</summary>
    public string Client
    {
        get
        {
            Tools.Require("redis-cli");
            Tools.Require(_clientVersion.StartsWith("redis-cli 7.0.", StringComparison.Ordinal), $"This is compared with redis-cli 7.0, not with {_clientVersion}.");
            return $"redis-cli -h localhost -p {Port}";
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Tools.Find("redis-server") is not { } program)
        {
            return;
        }

        if (Tools.Find("redis-cli") is not null)
        {
            using var client = Process.Start(new ProcessStartInfo("redis-cli", "--version") { RedirectStandardOutput = true })!;
            _clientVersion = (await client.StandardOutput.ReadToEndAsync()).Trim();
        }

        var port = FreePort.Next();
        _process = ParentThread.Start(new ProcessStartInfo(
            "setpriv", ["--pdeathsig", "KILL", program, "--port", $"{port}", "--bind", "127.0.0.1", "--dir", _directory, "--save", "", "--requirepass", Password, "--enable-debug-command", "yes"])
        {
            RedirectStandardOutput = true,
        });
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        Port = port;
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(50))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < deadline)
            {
                // Not yet.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
