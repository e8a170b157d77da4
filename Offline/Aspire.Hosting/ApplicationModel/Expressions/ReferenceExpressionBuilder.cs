using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds a <see cref="ReferenceExpression"/> piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ReferenceExpressionParts _parts = new();

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => _parts.IsEmpty;

    /// <summary>Adds an interpolated string.</summary>
#pragma warning disable CA1822 // The handler has already added its parts to this builder.
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
#pragma warning restore CA1822
    {
    }

    /// <summary>Adds literal text. Braces in it have the meaning they have in a composite format string.</summary>
    public void AppendLiteral(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _parts.AddFormat(value);
    }

    /// <summary>Adds a text that is known now.</summary>
    public void AppendFormatted(string? value) => _parts.AddText(value, format: null);

    /// <summary>Adds a text that is known now.</summary>
    public void AppendFormatted(string? value, string? format = null) => _parts.AddText(value, format);

    /// <summary>Not possible, as published: what an expression is made of is formatted each on its own.</summary>
    [Obsolete(ReferenceExpression.IsNotFormatted, error: true)]
    public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException(ReferenceExpression.IsNotFormatted);

    /// <summary>Adds a value that is known later.</summary>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format: null);

    /// <summary>Adds a value that is known later.</summary>
    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format);

    /// <summary>Adds a value that is known later, when its type is not known here.</summary>
    public void AppendValueProvider(object valueProvider, string? format = null)
    {
        if (valueProvider is not IValueProvider value)
        {
            throw new ArgumentException($"Object must implement {nameof(IValueProvider)}", nameof(valueProvider));
        }

        if (valueProvider is not IManifestExpressionProvider expression)
        {
            throw new ArgumentException($"Object must implement {nameof(IManifestExpressionProvider)}", nameof(valueProvider));
        }

        _parts.AddValue(value, expression.ValueExpression, format);
    }

    /// <summary>The expression of what was added so far.</summary>
    public ReferenceExpression Build() => _parts.Build();

    /// <summary>Adds the parts of an interpolated string to a builder.</summary>
    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionParts _parts;

        /// <summary>Called by the compiler with the size of the interpolated string and the builder.</summary>
#pragma warning disable IDE0060, CA1801 // The compiler passes the sizes.
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
#pragma warning restore IDE0060, CA1801
        {
            ArgumentNullException.ThrowIfNull(builder);
            _parts = builder._parts;
        }

        /// <summary>Adds literal text.</summary>
        public readonly void AppendLiteral(string value) => _parts.AddLiteral(value);

        /// <summary>Adds a text that is known now.</summary>
        public readonly void AppendFormatted(string? value) => _parts.AddText(value, format: null);

        /// <summary>Adds a text that is known now.</summary>
        public void AppendFormatted(string? value, string format) => _parts.AddText(value, format);

        /// <summary>Not possible, as published: what an expression is made of is formatted each on its own.</summary>
        [Obsolete(ReferenceExpression.IsNotFormatted, error: true)]
        public readonly void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException(ReferenceExpression.IsNotFormatted);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format: null);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider.Resource, format: null);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider.Resource, format);
    }
}
