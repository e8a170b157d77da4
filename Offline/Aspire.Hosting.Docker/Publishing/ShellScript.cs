using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Publishing;

/// <summary>The arguments of a shell in a container: the variables that it is to expand, Compose must leave to it.</summary>
internal sealed partial class ShellScript(IPublishTarget target) : IPublishTarget
{
    public static bool IsShell(string? entrypoint) => entrypoint is not null && Shell().IsMatch(entrypoint);

    /// <summary>A text whose variables are left. Two of the sign are already one to Compose.</summary>
    public static string Left(string text) => Dollar().Replace(text, "$$$$");

    string IPublishTarget.Host(IResource resource) => target.Host(resource);

    string IPublishTarget.PortOfImage(IResource resource, EndpointAnnotation endpoint) => target.PortOfImage(resource, endpoint);

    string IPublishTarget.Placeholder(IManifestExpressionProvider value) => target.Placeholder(value);

    string IPublishTarget.Format(string format) => Left(format);

    [GeneratedRegex(@"^((/usr)?/bin/|/)?(sh|bash)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Shell();

    [GeneratedRegex(@"(?<!\$)\$(?!\$)")]
    private static partial Regex Dollar();
}
