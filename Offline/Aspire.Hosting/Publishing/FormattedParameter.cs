using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>A parameter in a format, which is a resource of its own in the manifest.</summary>
internal sealed record FormattedParameter(string Name, ParameterResource Parameter, string Format);
