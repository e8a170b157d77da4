using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Publishes the model as a manifest, which deployment tools read.</summary>
internal sealed partial class ManifestPublisher(DistributedApplicationModel model, DistributedApplicationExecutionContext executionContext, ILogger<ManifestPublisher> logger)
{
    public const string Step = "publish-manifest";

    private static readonly JsonWriterOptions s_indented = new() { Indented = true };

    public async Task PublishAsync(string? outputPath, CancellationToken cancellationToken)
    {
        if (outputPath is null)
        {
            throw new DistributedApplicationException("The '--output-path [path]' option was not specified even though manifest publishing was requested.");
        }

        var path = Path.GetFullPath(outputPath.EndsWith(".json", StringComparison.Ordinal) ? outputPath : Path.Combine(outputPath, "aspire-manifest.json"));
        await PublishedFiles.WriteAsync(path, async stream =>
        {
            var writer = new Utf8JsonWriter(stream, s_indented);
            await using (writer.ConfigureAwait(false))
            {
                await new ManifestWriter(new(executionContext, path, writer, cancellationToken)).WriteAsync(model).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);

        Log.Published(logger, path);
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Information, "Published manifest to: {ManifestPath}")]
        public static partial void Published(ILogger logger, string manifestPath);
    }
}
