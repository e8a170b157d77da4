using System.Text.Json.Serialization;
using CounterService.Counting;

namespace CounterService.Answers;

/// <summary>The answer to a counted request.</summary>
/// <param name="Total">How many requests were counted.</param>
/// <param name="Number">Which of them this one is.</param>
/// <param name="Caller">The sender of the request, and its requests so far.</param>
/// <param name="Top">The addresses with the most requests, up to ten.</param>
/// <param name="TraceId">The trace of this request, when it is traced.</param>
internal sealed record CountedAnswer(long Total, long Number, AddressCount Caller, IReadOnlyList<AddressCount> Top, string? TraceId);

/// <summary>What was counted so far.</summary>
/// <param name="Total">How many requests were counted.</param>
/// <param name="Top">The addresses with the most requests, up to ten.</param>
internal sealed record CountAnswer(long Total, IReadOnlyList<AddressCount> Top);

/// <summary>What a live page is told every second.</summary>
internal sealed record LiveAnswer(long Total, double Rate, IReadOnlyList<AddressCount> Top);

[JsonSerializable(typeof(CountedAnswer))]
[JsonSerializable(typeof(CountAnswer))]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class AnswerJson : JsonSerializerContext;
