using System.Diagnostics;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shared;
using StackExchange.Redis;

namespace Aspire.Hosting.Redis.Tests;

/// <summary>The store that is chosen for a resource, as a process that the test can kill.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string Password = "p4ss, word$\"'\\";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private TestStore(ProcessStandIn standIn, Process process, int port)
    {
        StandIn = standIn;
        Process = process;
        Port = port;
    }

    public ProcessStandIn StandIn { get; }

    public Process Process { get; }

    public int Port { get; }

    public static Task<ProcessStandIn?> ChooseAsync(IResourceBuilder<RedisResource> redis, string? forced, int port, string? whyNoContainer = "no engine in this test", string password = Password, ILogger? logger = null, IReadOnlyList<string>? arguments = null, IList<string>? containerArguments = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ASPIRE_REDIS_STORE", forced)]).Build();
        return redis.Resource.Annotations.OfType<ContainerStandInAnnotation>().Single().Choose(
            new ContainerStandInContext
            {
                Resource = redis.Resource,
                Services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).BuildServiceProvider(),
                Logger = logger ?? NullLogger.Instance,
                Environment = new Dictionary<string, string> { ["REDIS_PASSWORD"] = password },
                Arguments = arguments ?? ["-c", string.Join(' ', RedisModel.Arguments(redis, isPublish: false))],
                ContainerArguments = containerArguments ?? [],
                TargetPorts = new Dictionary<string, int> { ["tcp"] = port },
                WhyNoContainerAsync = _ => Task.FromResult(whyNoContainer),
            },
            CancellationToken.None);
    }

    public static async Task<TestStore> StartAsync(IResourceBuilder<RedisResource> redis, string? forced)
    {
        var port = FreePort.Next();
        var standIn = await ChooseAsync(redis, forced, port) ?? throw new InvalidOperationException("The container was chosen.");
        var start = new ProcessStartInfo(standIn.FileName, standIn.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = standIn.WorkingDirectory,
        };
        foreach (var (name, value) in standIn.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.StandardInput.WriteAsync(standIn.StandardInput);
        process.StandardInput.Close();
        return new TestStore(standIn, process, port);
    }

    /// <summary>Connects as soon as the store answers, which it does not while it reads its data.</summary>
    public async Task<ConnectionMultiplexer> ConnectAsync(string? password = Password)
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            try
            {
                var options = new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, Port } }, Password = password, AbortOnConnectFail = true, ConnectRetry = 1, ConnectTimeout = 10_000, AsyncTimeout = 60_000, AllowAdmin = true, BacklogPolicy = BacklogPolicy.FailFast };
                var connection = await ConnectionMultiplexer.ConnectAsync(options);
                try
                {
                    await connection.GetDatabase().PingAsync();
                    return connection;
                }
                catch
                {
                    await connection.DisposeAsync();
                    throw;
                }
            }
            catch (RedisException) when (!Process.HasExited && Stopwatch.GetElapsedTime(start) < s_patience)
            {
                // Not yet.
            }
        }
    }

    /// <summary>kill -9: the store gets no chance to write anything.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        await (StandIn.CleanUp?.Invoke() ?? Task.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            await KillAsync();
        }

        Process.Dispose();
    }
}
