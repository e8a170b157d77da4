using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with values in it that are known later: values when the application runs, expressions when it is published.</summary>
[DebuggerDisplay("ReferenceExpression = {ValueExpression}")]
public partial class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>The expression of nothing.</summary>
    public static readonly ReferenceExpression Empty = new("", [], [], []);

    private readonly string? _conditionName;

    private ReferenceExpression(string format, IReadOnlyList<IValueProvider> valueProviders, IReadOnlyList<string> manifestExpressions, IReadOnlyList<string?> stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        ManifestExpressions = manifestExpressions;
        StringFormats = stringFormats;
    }

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        : this("", [.. whenTrue.ValueProviders, .. whenFalse.ValueProviders], [], [])
    {
        Condition = condition;
        MatchValue = matchValue;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
        _conditionName = ConditionalName.Of(condition, matchValue, whenTrue, whenFalse);
    }

    /// <summary>The text as a composite format string: <c>{0}</c> stands for the first value.</summary>
    public string Format { get; }

    /// <summary>The values, in the order of the format; of a conditional expression those of both its texts.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The manifest expressions of the values, in the order of the format.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <summary>For each value how it is formatted: <c>uri</c> percent-encodes it, null leaves it.</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    /// <summary>The value that decides between two texts, of a conditional expression.</summary>
    public IValueProvider? Condition { get; }

    /// <summary>Whether the expression decides between two texts.</summary>
    public bool IsConditional => Condition is not null;

    /// <summary>The value of the condition that chooses <see cref="WhenTrue"/>.</summary>
    public string? MatchValue { get; }

    /// <summary>The text when the condition has the value.</summary>
    public ReferenceExpression? WhenTrue { get; }

    /// <summary>The text when the condition has another value.</summary>
    public ReferenceExpression? WhenFalse { get; }

    /// <summary>The text with the manifest expressions of its values, none of them formatted.</summary>
    public string ValueExpression => _conditionName is null ? Compose(ManifestExpressions) : $"{{{_conditionName}.connectionString}}";

    /// <summary>
    /// What is published where the expression stands alone: its own parameters are in their formats there, those of expressions inside it are not.
    /// Published Aspire writes nothing for a conditional one.
    /// </summary>
    internal string PublishedText(Func<IValueProvider, string?, string?> formattedName) => Compose(ManifestExpressions.Select((expression, i) =>
        formattedName(ValueProviders[i], StringFormats[i]) is { } name ? $"{{{name}.value}}" : expression));

    /// <summary>The name under which a conditional expression is published.</summary>
    internal string? ConditionName => _conditionName;

    IEnumerable<object> IValueWithReferences.References =>
        IsConditional
            ? [Condition!, .. (Condition as IValueWithReferences)?.References ?? [], .. ReferencesOf(WhenTrue!), .. ReferencesOf(WhenFalse!)]
            : ValueProviders;

    /// <summary>Creates an expression from an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.GetExpression();

    /// <summary>Creates an expression that decides between two texts when its condition is known.</summary>
    public static ReferenceExpression CreateConditional(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(matchValue);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);
        return new(condition, matchValue, whenTrue, whenFalse);
    }

    /// <summary>The text with its values, as the host sees them.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new(), cancellationToken);

    /// <summary>The text with its values, as the caller of the context sees them.</summary>
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (IsConditional)
        {
            var chosen = await ChooseAsync(context, cancellationToken).ConfigureAwait(false);
            return await chosen.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        }

        if (Format.Length == 0)
        {
            return null;
        }

        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            values[i] = ReferenceFormat.Apply(StringFormats[i], value);
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    /// <summary>The text the condition chooses.</summary>
    internal async ValueTask<ReferenceExpression> ChooseAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        var value = await Condition!.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        return string.Equals(value, MatchValue, StringComparison.OrdinalIgnoreCase) ? WhenTrue! : WhenFalse!;
    }

    private static IEnumerable<object> ReferencesOf(IValueWithReferences expression) => expression.References;

    private string Compose(IEnumerable<string> expressions) => string.Format(CultureInfo.InvariantCulture, Format, [.. expressions]);

    internal static ReferenceExpression FromParts(string format, IReadOnlyList<IValueProvider> valueProviders, IReadOnlyList<string> manifestExpressions, IReadOnlyList<string?> stringFormats) =>
        format.Length == 0 && valueProviders.Count == 0 ? Empty : new(format, valueProviders, manifestExpressions, stringFormats);
}
