namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that has an expression in the manifest.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The expression that stands for the value in the manifest.</summary>
    string ValueExpression { get; }
}
