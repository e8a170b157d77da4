using System.Globalization;
using Counter.Bench.Report;

namespace Counter.Bench.Load;

/// <summary>Scripts for wrk that send from many addresses, as a proxy tells them.</summary>
internal static class Addresses
{
    /// <summary>Any of so many addresses, at random. One address, too, is written anew for each request, so that both cost wrk the same.</summary>
    public static string Random(int count) => Write($"random-{count}", $"math.random(0, {count - 1})", "");

    /// <summary>One address after the other.</summary>
    public static string InOrder(int first) => Write("in-order", "n", "n = n + 1", $"local n = {first}");

    /// <summary>What the ranking holds for the address of that index.</summary>
    public static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"::ffff:{Text(index)}");

    private static string Text(int index) => string.Create(CultureInfo.InvariantCulture, $"10.{index / 65536 % 256}.{index / 256 % 256}.{index % 256}");

    private static string Write(string name, string index, string after, string before = "")
    {
        var path = Artifacts.Path($"wrk-{name}.lua");
        File.WriteAllText(path, $"""
            {before}
            local floor = math.floor
            request = function()
              local i = {index}
              {after}
              return "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10." .. floor(i / 65536) % 256 .. "." .. floor(i / 256) % 256 .. "." .. i % 256 .. "\r\n\r\n"
            end
            """);
        return path;
    }
}
