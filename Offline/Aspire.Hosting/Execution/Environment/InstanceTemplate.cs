using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>
/// The values that differ from replica to replica stand in the evaluated texts as the templates published Aspire uses;
/// here each instance gets its own. Any other braces are the user's.
/// </summary>
internal static partial class InstanceTemplate
{
    /// <summary>Stands for the port an instance listens on.</summary>
    public static string TargetPort(string resource, string endpoint) => $"{{{{- portForServing \"{resource}/{endpoint}\" -}}}}";

    /// <param name="text">A text with templates.</param>
    /// <param name="resource">The resource whose instance gets the text.</param>
    /// <param name="instance">The name of the instance.</param>
    /// <param name="portOf">The port of the instance for an endpoint of the resource; null for others.</param>
    public static string Fill(string text, IResource resource, string instance, Func<string, int?> portOf)
    {
        if (!text.Contains("{{-", StringComparison.Ordinal))
        {
            return text;
        }

        text = text
            .Replace(OtlpIdentity.ResourceAttributes, $"service.instance.id={InstanceNames.IdOf(resource.Name, instance)}", StringComparison.Ordinal)
            .Replace(OtlpIdentity.ServiceName, resource.Name, StringComparison.Ordinal);
        return PortTemplate().Replace(text, match =>
            match.Groups["resource"].Value == resource.Name && portOf(match.Groups["endpoint"].Value) is { } port
                ? port.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : match.Value);
    }

    [GeneratedRegex("""\{\{- portForServing "(?<resource>[^"/]+)/(?<endpoint>[^"]+)" -\}\}""")]
    private static partial Regex PortTemplate();
}
