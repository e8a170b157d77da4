namespace Aspire.Hosting.ApplicationModel;

/// <summary>The formats a value in an expression can have.</summary>
internal static class ReferenceFormat
{
    private const string Uri = "uri";

    public static string? Apply(string? format, string? value) => format switch
    {
        null or "" => value,
        _ when string.Equals(format, Uri, StringComparison.OrdinalIgnoreCase) => value is null ? null : System.Uri.EscapeDataString(value),
        _ => throw new NotSupportedException($"The format '{format}' is not supported. Supported formats are '{Uri}' (encodes a URI)"),
    };
}
