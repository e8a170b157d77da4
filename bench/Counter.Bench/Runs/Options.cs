using System.Globalization;

namespace Counter.Bench.Runs;

/// <summary><c>--name value</c> after the name of the run.</summary>
internal sealed class Options(string[] args)
{
    public int Rounds => Number("rounds", 9);

    public int Seconds => Number("seconds", 1);

    public int Connections => Number("connections", 256);

    public bool Garnet => args.Contains("--garnet");

    public int Number(string name, int otherwise) =>
        Array.IndexOf(args, $"--{name}") is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
