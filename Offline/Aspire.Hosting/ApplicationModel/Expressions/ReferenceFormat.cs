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

    /// <summary>
    /// The name of the resource that has the value in its format in the manifest: parameters have one, of other values the manifest has no formatted form.
    /// </summary>
#pragma warning disable CA1308 // Names of formats are published in lower case.
    public static string? FormattedName(IValueProvider value, string? format) =>
        value is ParameterResource parameter && !string.IsNullOrEmpty(format) ? $"{parameter.Name}-{format.ToLowerInvariant()}-encoded" : null;
#pragma warning restore CA1308
}
