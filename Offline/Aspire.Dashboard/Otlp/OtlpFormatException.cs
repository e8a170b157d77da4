namespace Aspire.Dashboard.Otlp;

/// <summary>What was sent is not OTLP.</summary>
internal sealed class OtlpFormatException(string message) : Exception($"The request is not OTLP: {message}.");
