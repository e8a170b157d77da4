using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

public partial class ReferenceExpression
{
    internal const string IsNotFormatted = "ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.";

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler
    {
        private readonly ReferenceExpressionParts _parts;

        /// <summary>Called by the compiler with the size of the interpolated string.</summary>
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
        {
            _parts = new(literalLength, formattedCount);
        }

        /// <summary>Adds literal text.</summary>
        public readonly void AppendLiteral(string value) => _parts.AddLiteral(value);

        /// <summary>Adds a text that is known now.</summary>
        public readonly void AppendFormatted(string? value) => _parts.AddEscapedText(value, format: null);

        /// <summary>Adds a text that is known now.</summary>
        public readonly void AppendFormatted(string? value, string? format = null) => _parts.AddEscapedText(value, format);

        /// <summary>Not possible, as published: what an expression is made of is formatted each on its own.</summary>
        [Obsolete(IsNotFormatted, error: true)]
        public readonly void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException(IsNotFormatted);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format: null);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format = null)
            where T : IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider, format);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider.Resource, format: null);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _parts.AddValue(valueProvider.Resource, format);

        internal readonly ReferenceExpression GetExpression() => _parts.Build();
    }
}
