using System.Diagnostics.Metrics;
using System.Net;
using CounterService.Counting;
using CounterService.Tests.Checking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CounterService.Tests;

/// <summary>The checker is checked: against stores that do wrong on purpose.</summary>
public class LedgerTests
{
    public enum Fault
    {
        None,
        LosesBatches,
        CountsTwice,
        RepeatsNumbers,
        MixesUpAddresses,
    }

    [Fact]
    public async Task A_store_that_does_right_passes() => Assert.Empty(await CountAsync(Fault.None));

    [Theory]
    [InlineData(Fault.LosesBatches)]
    [InlineData(Fault.CountsTwice)]
    [InlineData(Fault.RepeatsNumbers)]
    [InlineData(Fault.MixesUpAddresses)]
    public async Task A_store_that_does_wrong_is_found_out(Fault fault) => Assert.NotEmpty(await CountAsync(fault));

    private static async Task<IReadOnlyList<string>> CountAsync(Fault fault)
    {
        var store = new FaultyStore(fault);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var metrics = new CounterMetrics(services.GetRequiredService<IMeterFactory>());
        using var combiner = new Combiner(store, metrics, Options.Create(new CounterOptions()), NullLogger<Combiner>.Instance);
        await combiner.StartAsync(CancellationToken.None);

        var ledger = new Ledger();
        await Task.WhenAll(Enumerable.Range(1, 16).Select(async caller =>
        {
            var address = Address.From(IPAddress.Parse($"192.0.2.{caller}"));
            for (var i = 0; i < 50; i++)
            {
                var counted = await combiner.CountAsync(address);
                ledger.Add(address.ToString(), counted.Rejection is null ? counted.Number : null);
            }
        }));
        await combiner.StopAsync(CancellationToken.None);

        return ledger.Check(store.Total, store.Shares);
    }

    private sealed class FaultyStore(Fault fault) : ICounterStore
    {
        private int _batches;

        public long Total { get; private set; }

        public Dictionary<string, long> Shares { get; } = [];

        public async Task<BatchCounted> AddAsync(Batch batch, CancellationToken cancellationToken)
        {
            await Task.Yield();
            var wrong = ++_batches % 5 == 0;
            var answer = Total + batch.Requests.Count;
            Add(batch, wrong);
            if (wrong && fault is Fault.LosesBatches)
            {
                Total -= batch.Requests.Count;
                foreach (var (address, share) in batch.Shares)
                {
                    Shares[address.ToString()] -= share;
                }
            }
            else if (wrong && fault is Fault.CountsTwice)
            {
                Add(batch, wrong);
            }

            return new BatchCounted(
                new Snapshot(wrong && fault is Fault.RepeatsNumbers ? answer - 1 : answer, []),
                [.. batch.Shares.ToArray().Select(share => Shares.GetValueOrDefault(share.Address.ToString()))]);
        }

        public Task<Snapshot> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new Snapshot(Total, []));

        private void Add(Batch batch, bool wrong)
        {
            Total += batch.Requests.Count;
            foreach (var (address, share) in batch.Shares)
            {
                var name = wrong && fault is Fault.MixesUpAddresses ? "::ffff:198.51.100.1" : address.ToString();
                Shares[name] = Shares.GetValueOrDefault(name) + share;
            }
        }
    }
}
