using System.Diagnostics;
using Shared;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis.Tests;

/// <summary>A real redis-server, shared by the tests.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("redis-client-").FullName;
    private Process? _process;

    public int Port { get; private set; }

    public string ConnectionString
    {
        get
        {
            Tools.Require("redis-server");
            return $"127.0.0.1:{Port},connectTimeout=60000,syncTimeout=60000,asyncTimeout=60000";
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Tools.Find("redis-server") is not { } program)
        {
            return;
        }

        Port = FreePort.Next();
        _process = ParentThread.Start(new ProcessStartInfo(
            "setpriv", ["--pdeathsig", "KILL", program, "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _directory, "--save", ""])
        {
            RedirectStandardOutput = true,
        });
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();

        for (var deadline = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(50))
        {
            try
            {
                using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Port},connectTimeout=60000,connectRetry=1");
                return;
            }
            catch (RedisConnectionException) when (DateTime.UtcNow < deadline)
            {
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
