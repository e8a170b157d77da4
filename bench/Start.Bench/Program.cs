using Counter.Bench.Report;
using Start.Bench;

// dotnet run -c Release --project bench/Start.Bench -- [ROUNDS] [container] [redis-server] [garnet]
// How long the first command of the README takes to the first counted answer, with everything built, and what it does meanwhile. Linux only; port 3000 must be free.
var rounds = args.Select(arg => int.TryParse(arg, out var number) ? number : 0).FirstOrDefault(number => number > 0, 5);
var stores = args.Where(arg => !int.TryParse(arg, out _)).ToArray();
var table = new Table(
    "start",
    $"Seconds from `dotnet run --no-build --project AppHost` to the first counted answer, {rounds} rounds (smallest / **median** / largest; the parts are medians)",
    "store", "first counted answer", "`dotnet run` itself", "AppHost, to the store's start", "store, to the counter's start", "counter, to its answer");
foreach (var store in stores.Length > 0 ? stores : ["redis-server", "garnet"])
{
    var starts = new List<FirstAnswer>();
    for (var round = 0; round < rounds; round++)
    {
        try
        {
            starts.Add(await FirstAnswer.TakeAsync(store));
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            Console.Error.WriteLine($"{store}: {exception.Message}");
            return 1;
        }

        Console.Error.WriteLine($"{store}, {round + 1} of {rounds}: {starts[^1].Answered.TotalSeconds:0.00} s");
    }

    string Part(Func<FirstAnswer, TimeSpan> length) => starts.Select(start => length(start).TotalSeconds).Median().Text("0.0");
    table.Row(
        store,
        starts.ConvertAll(start => start.Answered.TotalSeconds).Spread("0.0"),
        Part(start => start.AppHost),
        Part(start => start.Store - start.AppHost),
        Part(start => start.Counter - start.Store),
        Part(start => start.Answered - start.Counter));
}

table.Write();
return 0;
