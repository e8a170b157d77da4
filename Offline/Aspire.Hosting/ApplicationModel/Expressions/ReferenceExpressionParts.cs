using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What both interpolated string handlers and the builder collect.</summary>
internal sealed partial class ReferenceExpressionParts(int literalLength = 16, int formattedCount = 2)
{
    private readonly StringBuilder _format = new(literalLength + (formattedCount * 3));
    private readonly List<IValueProvider> _values = new(formattedCount);
    private readonly List<string> _expressions = new(formattedCount);
    private readonly List<string?> _formats = new(formattedCount);

    public bool IsEmpty => _format.Length == 0;

    /// <summary>Adds text of an interpolated string, in which the compiler has already turned <c>{{</c> into <c>{</c>. What are two braces still is one, as published.</summary>
    public void AddLiteral(string text) => _format.Append(Escape(text));

    /// <summary>Adds a part of a composite format string as it is.</summary>
    public void AddFormat(string format) => _format.Append(format);

    /// <summary>Adds a text into a composite format string as it is.</summary>
    public void AddText(string? text, string? format) => _format.Append(ReferenceFormat.Apply(format, text));

    /// <summary>Adds a text in which a brace is a brace, and two of a kind are one, as published.</summary>
    public void AddEscapedText(string? text, string? format) => _format.Append(Escape(ReferenceFormat.Apply(format, text) ?? ""));

    public void AddValue<T>(T value, string? format)
        where T : IValueProvider, IManifestExpressionProvider => AddValue(value, value.ValueExpression, format);

    public void AddValue(IValueProvider value, string expression, string? format)
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
        _values.Add(value);
        _formats.Add(format);
        _expressions.Add(expression);
    }

    public ReferenceExpression Build() =>
        ReferenceExpression.FromParts(_format.ToString(), [.. _values], [.. _expressions], [.. _formats]);

    private static string Escape(string text) => Brace().Replace(text, brace => new string(brace.Value[0], 2));

    [GeneratedRegex(@"\{\{?|\}\}?")]
    private static partial Regex Brace();
}
