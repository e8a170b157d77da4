namespace Aspire.Hosting.ApplicationModel;

/// <summary>A state and how it is drawn.</summary>
/// <param name="Text">The state, such as <c>Running</c>.</param>
/// <param name="Style">One of <see cref="KnownResourceStateStyles"/>, or null.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a style of its own.</summary>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, Style: null);
}
