using System.Diagnostics;
using System.Text.RegularExpressions;
using CounterService.Tests.Checking;
using CounterService.Tests.Running;
using Shared;
using StackExchange.Redis;

namespace CounterService.Tests;

/// <summary>A real Redis Cluster: three masters, a replica of each, on loopback.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const string Prefix = "{counter}:";

    private readonly string _directory = Directory.CreateTempSubdirectory("counter-cluster-").FullName;
    private readonly Dictionary<int, ChildProcess> _nodes = [];

    private string ConnectionString => string.Join(',', _nodes.Keys.Select(port => $"127.0.0.1:{port}"));

    public async ValueTask InitializeAsync()
    {
        var server = Tools.Require("redis-server");
        var client = Tools.Require("redis-cli");
        while (_nodes.Count < 6)
        {
            // The nodes talk to each other on a second port, which by default is out of range for most free ports.
            var (port, bus) = (FreePort.Next(), FreePort.Next());
            var directory = Directory.CreateDirectory(Path.Combine(_directory, $"{port}")).FullName;
            _nodes.Add(port, new ChildProcess(server,
            [
                "--port", $"{port}", "--cluster-port", $"{bus}", "--bind", "127.0.0.1", "--dir", directory, "--save", "", "--appendonly", "yes",
                "--cluster-enabled", "yes", "--cluster-node-timeout", "5000", "--repl-diskless-sync-delay", "0",
            ]));
        }

        await Poll.UntilAsync(
            async () =>
            {
                using var create = Process.Start(new ProcessStartInfo(
                    client, ["--cluster", "create", .. _nodes.Keys.Select(port => $"127.0.0.1:{port}"), "--cluster-replicas", "1", "--cluster-yes"])
                { RedirectStandardOutput = true })!;
                await create.StandardOutput.ReadToEndAsync();
                await create.WaitForExitAsync();
                return create.ExitCode == 0;
            },
            () => "The cluster can't be created.");
        await Poll.UntilAsync(() => AllAsync("CLUSTER", "INFO", "cluster_state:ok"), () => "The cluster does not come up.");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            node.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Counts_are_exact_also_after_the_replica_of_a_killed_master_is_promoted()
    {
        await using var counter = await Counter.StartAsync(ConnectionString, [.. Counter.Patient, ("Counter__KeyPrefix", Prefix)]);
        var ledger = new Ledger();
        await CountAsync(counter, ledger, 200);
        Assert.Equal(200, await counter.TotalAsync());

        // What the master has acknowledged must have reached its replica: a cluster replicates without waiting.
        var owner = await OwnerAsync();
        await Poll.UntilAsync(async () => await ReplicatedAsync(owner), () => "The replica does not follow.");
        _nodes[owner].Kill();
        await Poll.UntilAsync(
            async () =>
            {
                var number = await counter.CountAsync();
                ledger.Add("::ffff:127.0.0.1", number);
                return number is not null;
            },
            () => $"Nothing is counted after the master was killed. {counter.Process.Output}");
        await CountAsync(counter, ledger, 200);

        await Poll.UntilAsync(async () => await OwnerAsync() != owner, () => "The killed master still has the slot.");
        var total = await counter.TotalAsync();
        Assert.Empty(ledger.Check(total, new Dictionary<string, long> { ["::ffff:127.0.0.1"] = total }));
        Assert.True(ledger.Answered > 300, $"Only {ledger.Answered} requests were answered.");
    }

    private static async Task CountAsync(Counter counter, Ledger ledger, int requests)
    {
        foreach (var number in await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => counter.CountAsync())))
        {
            ledger.Add("::ffff:127.0.0.1", number);
        }
    }

    /// <summary>The port of the master that has the counter's slot.</summary>
    private async Task<int> OwnerAsync()
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(ConnectionString + ",abortConnect=false,allowAdmin=true,connectTimeout=30000");
        var nodes = await connection.GetServers().First(server => server.IsConnected).ClusterNodesAsync();
        var slot = connection.GetHashSlot(Prefix);
        var owner = nodes!.Nodes.Single(node => !node.IsReplica && node.Slots.Any(range => range.From <= slot && slot <= range.To));
        return ((System.Net.IPEndPoint)owner.EndPoint!).Port;
    }

    private static async Task<bool> ReplicatedAsync(int port)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},allowAdmin=true");
        var server = connection.GetServers().Single(server => ((System.Net.IPEndPoint)server.EndPoint).Port == port);
        var info = await server.InfoRawAsync("replication");
        return Regex.Match(info!, @"^slave0:.*state=online,offset=(\d+),.*^master_repl_offset:(\d+)\r$", RegexOptions.Multiline | RegexOptions.Singleline) is { Success: true } offsets
            && offsets.Groups[1].Value == offsets.Groups[2].Value;
    }

    private async Task<bool> AllAsync(string command, string argument, string expected)
    {
        foreach (var port in _nodes.Keys)
        {
            using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},allowAdmin=true");
            var server = connection.GetServers().Single(server => ((System.Net.IPEndPoint)server.EndPoint).Port == port);
            if (!((string?)await server.ExecuteAsync(command, argument))!.Contains(expected, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
