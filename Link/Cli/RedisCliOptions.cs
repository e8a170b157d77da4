using System.Globalization;

namespace Link.Cli;

/// <summary>The options of redis-cli that make sense over a link, spelled as there.</summary>
internal sealed record RedisCliOptions
{
    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Whether a password among the arguments, which every user of the machine can read, is passed over in silence.</summary>
    public bool NoAuthWarning { get; init; }

    public int Database { get; init; }

    /// <summary>How often to run the command; negative for ever.</summary>
    public long Repeat { get; init; } = 1;

    public TimeSpan Interval { get; init; }

    /// <summary>Raw or formatted output whatever standard output is.</summary>
    public bool? Raw { get; init; }

    public bool Resp3 { get; init; }

    /// <summary>Whether the last argument comes from standard input.</summary>
    public bool LastArgumentFromInput { get; init; }

    /// <summary>Whether an error reply gives exit code 1.</summary>
    public bool ExitOnError { get; init; }

    public bool Help { get; init; }

    public IReadOnlyList<string> Command { get; init; } = [];

    public static RedisCliOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new RedisCliOptions();
        var i = 0;
        for (; i < arguments.Count && arguments[i].StartsWith('-') && arguments[i].Length > 1; i++)
        {
            options = arguments[i] switch
            {
                "-h" => options with { Host = Next(arguments, ref i) },
                "-p" => options with { Port = (int)Whole(arguments, ref i, 0, 65535) },
                "-a" or "--pass" => options with { Password = Next(arguments, ref i) },
                "--user" => options with { Username = Next(arguments, ref i) },
                "-n" => options with { Database = (int)Whole(arguments, ref i, 0, int.MaxValue) },
                "-r" => options with { Repeat = Whole(arguments, ref i, -1, int.MaxValue) },
                "-i" => options with { Interval = TimeSpan.FromSeconds(Number(arguments, ref i, 0, 86_400)) },
                "-x" => options with { LastArgumentFromInput = true },
                "-e" => options with { ExitOnError = true },
                "-2" => options with { Resp3 = false },
                "-3" => options with { Resp3 = true },
                "--raw" => options with { Raw = true },
                "--no-raw" => options with { Raw = false },
                "--no-auth-warning" => options with { NoAuthWarning = true },
                "--help" => options with { Help = true },
                var other => throw new LinkException($"redis-cli: there is no option '{other}' here (it knows -h, -p, -a, --user, -n, -r, -i, -x, -e, -2, -3, --raw, --no-raw)."),
            };
        }

        return options with { Command = [.. arguments.Skip(i)] };
    }

    private static string Next(IReadOnlyList<string> arguments, ref int i) =>
        i + 1 < arguments.Count ? arguments[++i] : throw new LinkException($"redis-cli: the value of {arguments[i]} is missing.");

    private static double Number(IReadOnlyList<string> arguments, ref int i, double least, double most)
    {
        var (option, text) = (arguments[i], Next(arguments, ref i));
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw new LinkException($"redis-cli: '{text}' is not a number that {option} takes.");
    }

    private static long Whole(IReadOnlyList<string> arguments, ref int i, long least, long most) =>
        Number(arguments, ref i, least, most) is var number && number == Math.Floor(number)
            ? (long)number
            : throw new LinkException($"redis-cli: '{arguments[i]}' is not a number that {arguments[i - 1]} takes.");
}
