namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rules for names of resources and endpoints: they become host names, so that only what all targets allow is left.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    /// <summary>Throws when the name breaks a rule.</summary>
    /// <param name="target">What is named, as it begins the message.</param>
    /// <param name="name">The name.</param>
    /// <param name="parameterName">The parameter of the caller that the exception names.</param>
    public static void Validate(string target, string name, string parameterName = "name")
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(name);

        if (WhyInvalid(target, name) is { } reason)
        {
            throw new ArgumentException(reason, parameterName);
        }
    }

    /// <summary>The message for a name that breaks a rule, or null.</summary>
    public static string? WhyInvalid(string target, string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return Message($"must be between 1 and {MaxLength} characters long.");
        }

        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            return Message("must contain only ASCII letters, digits, and hyphens.");
        }

        if (!char.IsAsciiLetter(name[0]))
        {
            return Message("must start with an ASCII letter.");
        }

        if (name.EndsWith('-'))
        {
            return Message("cannot end with a hyphen.");
        }

        return name.Contains("--", StringComparison.Ordinal) ? Message("cannot contain consecutive hyphens.") : null;

        string Message(string rule) => $"{target} name '{name}' is invalid. Name {rule}";
    }
}
