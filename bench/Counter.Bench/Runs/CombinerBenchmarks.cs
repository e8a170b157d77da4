using System.Diagnostics.Metrics;
using System.Net;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CounterService.Counting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Counter.Bench.Runs;

/// <summary>The combiner alone, against a store that answers at once: time and bytes for each request of a batch.</summary>
[MemoryDiagnoser]
public class CombinerBenchmarks
{
    private const int Requests = 10_000;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private Task[] _callers = [];
    private Address[] _addresses = [];
    private Combiner _combiner = null!;

    [Params(1, 64, 256)]
    public int Callers { get; set; }

    [Params(1, 100_000)]
    public int Addresses { get; set; }

    public static void Run() => BenchmarkRunner.Run<CombinerBenchmarks>(
        DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(Report.Artifacts.Path("combiner")));

    [GlobalSetup]
    public void Start()
    {
        _addresses = [.. Enumerable.Range(0, Addresses).Select(index => Address.From(IPAddress.Parse(Load.Addresses.Name(index))))];
        _callers = new Task[Callers];
        _combiner = new Combiner(new InstantStore(), new CounterMetrics(_services.GetRequiredService<IMeterFactory>()), Microsoft.Extensions.Options.Options.Create(new CounterOptions()), NullLogger<Combiner>.Instance);
        _combiner.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Stop() => _combiner.StopAsync(CancellationToken.None).GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = Requests)]
    public Task Count()
    {
        for (var i = 0; i < _callers.Length; i++)
        {
            _callers[i] = CallAsync(i);
        }

        return Task.WhenAll(_callers);
    }

    private async Task CallAsync(int caller)
    {
        for (var i = caller; i < Requests; i += Callers)
        {
            await _combiner.CountAsync(_addresses[i % _addresses.Length]);
        }
    }

    private sealed class InstantStore : ICounterStore
    {
        private long _total;

        public async Task<BatchCounted> AddAsync(Batch batch, CancellationToken cancellationToken)
        {
            await Task.Yield();
            _total += batch.Requests.Count;
            var counts = new long[batch.Shares.Length];
            Array.Fill(counts, _total);
            return new BatchCounted(new Snapshot(_total, []), counts);
        }

        public Task<Snapshot> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new Snapshot(_total, []));
    }
}
