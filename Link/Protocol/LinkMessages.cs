using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Link.Protocol;

/// <summary>The limits of the link protocol: lines of JSON over a Unix domain socket. docs/links.md describes it.</summary>
internal static class LinkProtocol
{
    public const int Version = 1;
    public const int LongestRequest = 4 * 1024;
    public const int LongestResponse = 1024 * 1024;

    /// <summary>How long the server waits for a request line, and the client for the first answer.</summary>
    public static readonly TimeSpan LineTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The longest a client can ask the server to wait for a resource.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
}

/// <summary>One line from the tool to the AppHost.</summary>
internal sealed record LinkRequest
{
    public required int Version { get; init; }

    /// <summary><c>list</c> or <c>link</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>The resource to link to.</summary>
    public string? Source { get; init; }

    /// <summary>The name the consumer knows it by.</summary>
    public string? Alias { get; init; }

    /// <summary>Seconds to wait for the resource to run.</summary>
    public double Timeout { get; init; }
}

/// <summary>One line from the AppHost to the tool.</summary>
internal sealed record LinkResponse
{
    public int Version { get; init; } = LinkProtocol.Version;

    /// <summary><c>list</c>, <c>link</c>, <c>progress</c> or <c>error</c>.</summary>
    public required string Type { get; init; }

    /// <summary>A text for people, with <c>progress</c> and <c>error</c>.</summary>
    public string? Message { get; init; }

    /// <summary>What an <c>error</c> is, for programs.</summary>
    public string? Code { get; init; }

    public IReadOnlyList<LinkableResource>? Resources { get; init; }

    public LinkDescription? Link { get; init; }
}

/// <summary>A resource that can be linked to.</summary>
internal sealed record LinkableResource(string Name, string Type, string? State, string? Health);

/// <summary>Everything a link gives its consumer.</summary>
internal sealed record LinkDescription
{
    public required string Source { get; init; }

    public required string Alias { get; init; }

    /// <summary>Twelve hexadecimal digits, like a container's short id: the same for one start of the AppHost.</summary>
    public required string Id { get; init; }

    /// <summary>The host to connect to; null when the connection string names none.</summary>
    public string? Host { get; init; }

    /// <summary>The IP address of <see cref="Host"/>, as for a hosts file.</summary>
    public string? Address { get; init; }

    public int? Port { get; init; }

    /// <summary>The port the source listens on by convention, such as 6379.</summary>
    public int? TargetPort { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public bool Tls { get; init; }

    /// <summary>In the order a program would see them: Aspire's, then Docker's.</summary>
    public required IReadOnlyList<LinkVariable> Environment { get; init; }

    /// <summary>The names that stand for the source, in the order of Docker's hosts entry.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Names => Alias == Source ? [Alias, Id] : [Alias, Id, Source];
}

/// <summary>An environment variable of a link. A secret one is masked where it is shown to more people than its owner.</summary>
internal sealed record LinkVariable(string Name, string Value, bool Secret = false);

[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(LinkResponse))]
[JsonSerializable(typeof(IReadOnlyList<LinkableResource>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class LinkJson : JsonSerializerContext
{
    /// <summary>The same with characters such as <c>+</c> left as they are: the output goes to a terminal or a program, never into a page.</summary>
    public static LinkJson Readable { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    });
}
