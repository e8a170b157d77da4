using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Sees to it that an image is there.</summary>
internal static partial class ContainerImages
{
    private static readonly TimeSpan s_inspectTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_pullTimeout = TimeSpan.FromMinutes(10);

    /// <returns>Null when the image is there; else why not, in one line.</returns>
    public static async Task<string?> EnsureAsync(ContainerCli cli, IResource resource, string image, ILogger logger, CancellationToken cancellationToken)
    {
        var policy = resource.Annotations.OfType<ContainerImagePullPolicyAnnotation>().LastOrDefault()?.ImagePullPolicy ?? ImagePullPolicy.Default;
        if (policy != ImagePullPolicy.Always)
        {
            var inspected = await cli.RunAsync(["image", "inspect", "--format", "{{.Id}}", image], s_inspectTimeout, cancellationToken).ConfigureAwait(false);
            if (inspected.ExitCode == 0)
            {
                return null;
            }

            if (policy == ImagePullPolicy.Never)
            {
                return $"image '{image}' is not there and is never pulled";
            }
        }

        Log.Pulling(logger, image);
        var pulled = await cli.RunAsync(["pull", image], s_pullTimeout, cancellationToken).ConfigureAwait(false);
        return pulled.ExitCode == 0 ? null : $"image '{image}' can't be pulled: {pulled.LastReason}";
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Information, "Pulling image '{Image}'.")]
        public static partial void Pulling(ILogger logger, string image);
    }
}
