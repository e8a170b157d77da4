namespace Aspire.Hosting.ApplicationModel;

/// <summary>The formats a value in an expression can have.</summary>
internal static class ReferenceFormat
{
    private const string Uri = "uri";

    public static string? Apply(string? format, string? value) => format switch
    {
        null or "" => value,
        _ when IsUri(format) => value is null ? null : System.Uri.EscapeDataString(value),
        _ => throw new NotSupportedException($"The format '{format}' is not supported. Supported formats are '{Uri}' (encodes a URI)"),
    };

    /// <summary>
    /// How the manifest refers to a value inside a text: the encoded form of a parameter is a resource of its own there.
    /// Of other values the manifest has no encoded form.
    /// </summary>
    public static string Expression(IValueProvider value, string expression, string? format) => value switch
    {
        ParameterResource { Name: var name } when IsUri(format) => $"{{{EncodedName(name)}.value}}",
        ReferenceExpression { IsConditional: false } nested when string.IsNullOrEmpty(format) => nested.PublishedText,
        _ => expression,
    };

    public static bool IsUri(string? format) => string.Equals(format, Uri, StringComparison.OrdinalIgnoreCase);

    public static string EncodedName(string parameterName) => $"{parameterName}-uri-encoded";
}
