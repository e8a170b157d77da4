using System.Globalization;

namespace Aspire.Hosting.Redis;

/// <summary>What a connection string says about where Redis is and how to be let in.</summary>
internal sealed record RedisAddress(string Host, int Port, string? User, string? Password, bool Tls)
{
    private const int DefaultPort = 6379;
    private const int DefaultTlsPort = 6380;

    /// <summary>Reads the form of StackExchange.Redis: <c>host:port,password=…,ssl=true</c>. Of several hosts the first is meant.</summary>
    /// <exception cref="FormatException">It names no host.</exception>
    public static RedisAddress Parse(string connectionString)
    {
        string[] parts = connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var place = Array.Find(parts, part => !part.Contains('=', StringComparison.Ordinal)) ?? throw new FormatException("The connection string names no host.");
        var tls = bool.TryParse(Option("ssl"), out var secure) && secure;
        var colon = place.LastIndexOf(':');
        var hasPort = int.TryParse(place.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && colon > 0;
        return new(
            (hasPort ? place[..colon] : place).Trim('[', ']'),
            hasPort ? port : tls ? DefaultTlsPort : DefaultPort,
            Option("user"),
            Option("password"),
            tls);

        string? Option(string name) =>
            Array.FindLast(parts, part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..] is { Length: > 0 } value ? value : null;
    }
}
