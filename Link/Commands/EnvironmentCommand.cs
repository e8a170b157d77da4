using System.Text.Json;
using Link.Protocol;

namespace Link.Commands;

/// <summary>Prints the environment variables of a link as env does, or as one JSON object.</summary>
internal static class EnvironmentCommand
{
    public static async Task RunAsync(LinkDescription link, bool json, TextWriter output)
    {
        if (json)
        {
            var variables = link.Environment.ToDictionary(variable => variable.Name, variable => variable.Value);
            await output.WriteLineAsync(JsonSerializer.Serialize(variables, LinkJson.Readable.IReadOnlyDictionaryStringString));
            return;
        }

        foreach (var variable in link.Environment)
        {
            await output.WriteLineAsync($"{variable.Name}={variable.Value}");
        }
    }
}
