using Counter.Bench.Runs;

// dotnet run -c Release --project bench/Counter.Bench -- RUN [--rounds N] [--seconds N] [--connections N] [--garnet]
// Measures the counter. It needs wrk, redis-server and, for the comparison and the growth of addresses, Node with npm.
// Results are printed, and written to artifacts/bench/.
var options = new Options(args);
switch (args.FirstOrDefault())
{
    case "all":
        await Comparison.RunAsync(options);
        await Comparison.RunAsync(new Options([.. args, "--connections", "64"]));
        await Growth.AddressesAsync(options);
        await Growth.ConnectionsAsync(options);
        await StoreCost.RunAsync(options);
        await Tail.RunAsync(options);
        await Flood.RunAsync(options);
        return await FullLoad.RunAsync(options);
    case "compare":
        await Comparison.RunAsync(options);
        return 0;
    case "addresses":
        await Growth.AddressesAsync(options);
        return 0;
    case "connections":
        await Growth.ConnectionsAsync(options);
        return 0;
    case "store":
        await StoreCost.RunAsync(options);
        return 0;
    case "tail":
        await Tail.RunAsync(options);
        return 0;
    case "flood":
        await Flood.RunAsync(options);
        return 0;
    case "full-load":
        return await FullLoad.RunAsync(options);
    case "combiner":
        CombinerBenchmarks.Run();
        return 0;
    default:
        Console.WriteLine("""
            all          what follows but the combiner, one after the other; the comparison with 256 and with 64 connections
            compare      beside the tutorial's application, a lean one, and an endpoint that counts nothing
            addresses    as the ranking grows from 1 address to 1,000,000
            connections  as the connections become more, from 1 to 1,024
            store        what a batch costs the store, by the number of its addresses
            tail         latencies at a constant rate, half of what is possible
            flood        a million addresses with the ranking bounded
            full-load    a minute of full load with every request traced: counted = received by the dashboard?
            combiner     the combiner alone (BenchmarkDotNet)
            """);
        return 2;
}
