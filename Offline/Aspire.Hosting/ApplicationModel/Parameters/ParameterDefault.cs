using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where the value of a parameter comes from when none is configured.</summary>
public abstract class ParameterDefault
{
    /// <summary>Writes the <c>default</c> of the parameter's input into the manifest.</summary>
    public abstract void WriteToManifest(ManifestPublishingContext context);

    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}
