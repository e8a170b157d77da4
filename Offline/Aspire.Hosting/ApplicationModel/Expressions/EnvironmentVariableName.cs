namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names of resources and endpoints as parts of the names of environment variables.</summary>
internal static class EnvironmentVariableName
{
    /// <summary>What is neither a letter nor a digit becomes an underscore, and a name does not start with a digit.</summary>
    public static string Encode(string name)
    {
        var encoded = string.Create(name.Length, name, static (span, name) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '_';
            }
        });

        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded;
    }

    public static string EncodeUpper(string name) => Encode(name).ToUpperInvariant();
}
