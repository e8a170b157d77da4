#pragma warning disable ASPIREUSERSECRETS001 // The host implements its own experimental interface.
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>
/// The user secrets in the file that <c>dotnet user-secrets</c> edits. Nested objects are flattened when they are read, so that a value has one key.
/// </summary>
internal sealed class UserSecretsFile(string path) : IUserSecretsManager
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Lock _lock = new();

    public bool IsAvailable => true;

    public string FilePath { get; } = path;

    public bool TrySetSecret(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return TryChange(secrets =>
        {
            secrets[name] = value;
            return true;
        });
    }

    public bool TryDeleteSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryChange(secrets => secrets.Remove(name));
    }

    public void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueGenerator);

        if (string.IsNullOrEmpty(configuration[name]))
        {
            var value = valueGenerator();
            configuration.AddInMemoryCollection([new(name, value)]);
            TrySetSecret(name, value);
        }
    }

    public Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Write(Flatten(state));
        }

        return Task.CompletedTask;
    }

    private bool TryChange(Func<Dictionary<string, JsonNode?>, bool> change)
    {
        try
        {
            lock (_lock)
            {
                var secrets = Read();
                if (!change(secrets))
                {
                    return false;
                }

                Write(secrets);
                return true;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    private Dictionary<string, JsonNode?> Read() =>
        File.Exists(FilePath) && JsonNode.Parse(File.ReadAllText(FilePath), documentOptions: s_lenient) is JsonObject state ? Flatten(state) : new(StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, JsonNode?> Flatten(JsonObject state)
    {
        var flat = new Dictionary<string, JsonNode?>(StringComparer.OrdinalIgnoreCase);
        Add(state, prefix: null);
        return flat;

        void Add(JsonNode? node, string? prefix)
        {
            var children = node switch
            {
                JsonObject item => item.Select(pair => (pair.Key, pair.Value)),
                JsonArray list => list.Select((item, index) => (Key: index.ToString(CultureInfo.InvariantCulture), Value: item)),
                _ => null,
            };
            if (children is null)
            {
                flat[prefix!] = node?.DeepClone();
                return;
            }

            foreach (var (key, value) in children)
            {
                Add(value, prefix is null ? key : $"{prefix}:{key}");
            }
        }
    }

    private void Write(Dictionary<string, JsonNode?> secrets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);

        // Written beside and moved over, so that a crash leaves the old secrets and not half a file; readable for the user alone.
        var beside = $"{FilePath}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(beside, options))
        {
            writer.Write(new JsonObject(secrets).ToJsonString(s_indented));
        }

        File.Move(beside, FilePath, overwrite: true);
    }
}
