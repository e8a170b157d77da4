using System.IO.Compression;
using System.Text.Json;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Dashboard.Api;

/// <summary>Telemetry out as a .zip of OTLP JSON, a file for each signal, and in again.</summary>
internal static class DataEndpoints
{
    private const long MostBytes = 100L << 20;

    public static void MapData(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/data/export", ExportAsync);
        routes.MapPost("/api/data/import", Handler.Of(ImportAsync));
    }

    private static async Task ExportAsync(HttpContext context)
    {
        var store = context.Service<TelemetryStore>();
        string[] wanted = [.. context.Request.Query["resource"].OfType<string>().Where(r => r.Length > 0)];
        // The archive is put together in memory, which the limits of the store bound: its writer knows no asynchronous way.
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "traces.json", json => OtlpJsonWriter.WriteSpans(json, store.Traces.GetAll().SelectMany(t => t.Spans).Where(s => ResourceRegistry.MatchesAny(s.Resource, wanted))));
            Add(zip, "logs.json", json => OtlpJsonWriter.WriteLogs(json, store.Logs.GetAll().Where(r => ResourceRegistry.MatchesAny(r.Resource, wanted))));
            Add(zip, "metrics.json", json => OtlpJsonWriter.WriteMetrics(json, store.Metrics.GetAll().Where(i => ResourceRegistry.MatchesAny(i.Resource, wanted))));
        }

        context.Response.ContentType = "application/zip";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"aspire-telemetry.zip\"";
        context.Response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static void Add(ZipArchive zip, string name, Action<Utf8JsonWriter> write)
    {
        using var file = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        using var json = new Utf8JsonWriter(file);
        write(json);
    }

    /// <summary>The guard has read and checked the form by now; it is bounded by the server's limit.</summary>
    private static async Task<IResult> ImportAsync(HttpContext context)
    {
        if (context.Service<DashboardOptions>().DisableImport)
        {
            return Results.Text("Import is disabled.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (!context.Request.HasFormContentType || (await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = MostBytes }, context.RequestAborted).ConfigureAwait(false)).Files is not [var file, ..])
        {
            return Results.Text("A .zip or .json file is expected.", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            var stream = file.OpenReadStream();
            await using (stream.ConfigureAwait(false))
            {
                await TakeInAsync(stream, [.. context.RequestServices.GetServices<IOtlpSignal>()], context.RequestAborted).ConfigureAwait(false);
            }

            return Results.Redirect("/data");
        }
        catch (Exception problem) when (problem is OtlpFormatException or InvalidDataException)
        {
            return Results.Text(problem.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static async Task TakeInAsync(Stream file, IOtlpSignal[] signals, CancellationToken cancellationToken)
    {
        var budget = new Budget();
        var first = new byte[2];
        var isZip = await file.ReadAtLeastAsync(first, 2, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == 2 && first is [(byte)'P', (byte)'K'];
        file.Position = 0;
        if (!isZip)
        {
            Import(await budget.ReadAsync(file, cancellationToken).ConfigureAwait(false), signals);
            return;
        }

        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        List<byte[]> contents = [];
        foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            var content = entry.Open();
            await using (content.ConfigureAwait(false))
            {
                contents.Add(await budget.ReadAsync(content, cancellationToken).ConfigureAwait(false));
            }
        }

        // Only once all of it was read: a bomb in the last file leaves nothing behind of the first.
        foreach (var content in contents)
        {
            Import(content, signals);
        }
    }

    private static void Import(byte[] json, IOtlpSignal[] signals)
    {
        // The name of the first member tells the signal; a file may hold several.
        foreach (var signal in signals)
        {
            var request = OtlpJsonReader.ToProtobuf(json, signal.Schema, (int)MostBytes);
            if (request.Length > 0)
            {
                signal.Export(request);
            }
        }
    }

    /// <summary>What all files of an import may hold together, whatever their archive says of itself.</summary>
    private sealed class Budget
    {
        private long _left = MostBytes;

        public async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
        {
            using var content = new MemoryStream();
            var chunk = new byte[65_536];
            for (int read; (read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                _left -= read;
                if (_left < 0)
                {
                    throw new InvalidDataException("There is more than 100 MB in the file.");
                }

                content.Write(chunk, 0, read);
            }

            return content.ToArray();
        }
    }
}
