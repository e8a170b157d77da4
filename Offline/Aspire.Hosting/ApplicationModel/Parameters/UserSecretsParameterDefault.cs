#pragma warning disable ASPIREUSERSECRETS001 // The user secrets are ours.
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A default that is generated once and kept in the user secrets, so that it is the same from run to run.</summary>
internal sealed class UserSecretsParameterDefault(IDistributedApplicationBuilder builder, string name, ParameterDefault generated) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var key = ParameterResourceBuilderExtensions.ConfigurationKey(name);
        builder.UserSecretsManager.GetOrSetSecret(builder.Configuration, key, generated.GetDefaultValue);
        return builder.Configuration[key] ?? generated.GetDefaultValue();
    }

    public override void WriteToManifest(ManifestPublishingContext context) => generated.WriteToManifest(context);
}
