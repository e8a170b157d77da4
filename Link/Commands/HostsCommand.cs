using System.Text.Json.Nodes;
using Link.Protocol;

namespace Link.Commands;

/// <summary>Prints the hosts entry of a link.</summary>
internal static class HostsCommand
{
    public static async Task RunAsync(LinkDescription link, bool json, TextWriter output)
    {
        await output.WriteLineAsync(json
            ? new JsonObject
            {
                ["address"] = HostsEntry.AddressOf(link),
                ["names"] = new JsonArray([.. link.Names.Select(name => JsonValue.Create(name))]),
            }.ToJsonString()
            : HostsEntry.Of(link));
    }
}
