using System.Text.Json;
using Link.Protocol;

namespace Link.Commands;

/// <summary>Prints the resources that can be linked, as a table or as a JSON array.</summary>
internal static class ListCommand
{
    public static async Task RunAsync(IReadOnlyList<LinkableResource> resources, bool json, TextWriter output)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(resources, LinkJson.Readable.IReadOnlyListLinkableResource));
            return;
        }

        string[][] rows = [["NAME", "TYPE", "STATE", "HEALTH"], .. resources.Select(resource => (string[])[resource.Name, resource.Type, resource.State ?? "-", resource.Health ?? "-"])];
        var widths = Enumerable.Range(0, 4).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            await output.WriteLineAsync(string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
