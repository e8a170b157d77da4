using System.Text.Json.Serialization;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Live;

internal sealed record SignalChange(long Version, SignalAccount Account);

internal sealed record ConsoleLines(string Resource, ConsoleLine[] Lines);

internal sealed record ConsoleLine([property: JsonPropertyName("n")] int Number, string Text, [property: JsonPropertyName("error")] bool IsError);

/// <summary>Generated at build time: no reflection when the first page opens.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SignalChange))]
[JsonSerializable(typeof(ConsoleLines))]
[JsonSerializable(typeof(Interaction))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class LiveJson : JsonSerializerContext;
