using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Dashboard.Security;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Takes export requests over gRPC (unary, HTTP/2) and over HTTP (protobuf), plain or gzip. What is being read at a time is bounded: beyond it
/// senders are told to come back later, which OTLP exporters do.
/// </summary>
internal sealed class OtlpReceiver(IEnumerable<IOtlpSignal> signals, DashboardOptions options, TelemetryStore store)
{
    private const string ApiKeyHeader = "x-otlp-api-key";
    private const string RetryAfterSeconds = "1";
    private const int GrpcPrefix = 5;

    private readonly IOtlpSignal[] _signals = [.. signals];
    private long _bytesInFlight;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var kind = Listener.KindOf(context);
        foreach (var signal in _signals)
        {
            if (kind.HasFlag(ListenerKind.OtlpGrpc) && context.Request.Path == signal.GrpcPath)
            {
                return GrpcAsync(context, signal);
            }

            if (kind.HasFlag(ListenerKind.OtlpHttp) && context.Request.Path == signal.Path)
            {
                return HttpAsync(context, signal);
            }
        }

        return next(context);
    }

    private async Task HttpAsync(HttpContext context, IOtlpSignal signal)
    {
        var (request, response) = (context.Request, context.Response);
        var isJson = (request.ContentType ?? "").StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
        if (!AllowOrigin(request, response))
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (HttpMethods.IsOptions(request.Method))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (!HttpMethods.IsPost(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = HttpMethods.Post;
        }
        else if (!IsKnown(request))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (!isJson && !(request.ContentType ?? "").StartsWith("application/x-protobuf", StringComparison.OrdinalIgnoreCase))
        {
            signal.CountRefusedRequest();
            response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        }
        else
        {
            var outcome = await TakeAsync(request, signal, isGrpc: false, isJson, request.Headers.ContentEncoding.ToString()).ConfigureAwait(false);
            response.StatusCode = outcome.Status switch
            {
                GrpcStatus.Ok => StatusCodes.Status200OK,
                GrpcStatus.ResourceExhausted => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status400BadRequest,
            };
            if (outcome.Status == GrpcStatus.ResourceExhausted)
            {
                response.Headers.RetryAfter = RetryAfterSeconds;
            }

            response.ContentType = isJson ? "application/json" : "application/x-protobuf";
            var body = isJson ? Json(outcome, signal) : outcome.Status == GrpcStatus.Ok ? PartialSuccess(outcome) : StatusMessage(outcome);
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task GrpcAsync(HttpContext context, IOtlpSignal signal)
    {
        var response = context.Response;
        response.ContentType = "application/grpc";
        var outcome = !IsKnown(context.Request)
            ? new Outcome(GrpcStatus.Unauthenticated, 0, $"The header {ApiKeyHeader} is missing or wrong.")
            : await TakeAsync(context.Request, signal, isGrpc: true, isJson: false, context.Request.Headers["grpc-encoding"].ToString()).ConfigureAwait(false);
        if (outcome.Status == GrpcStatus.Ok)
        {
            var message = PartialSuccess(outcome);
            var framed = new byte[GrpcPrefix + message.Length];
            BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
            message.CopyTo(framed, GrpcPrefix);
            await response.Body.WriteAsync(framed, context.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            response.AppendTrailer("grpc-message", Uri.EscapeDataString(outcome.Message));
        }

        response.AppendTrailer("grpc-status", ((int)outcome.Status).ToString(CultureInfo.InvariantCulture));
    }

    private bool IsKnown(HttpRequest request) =>
        options.OtlpApiKey is null || FixedTime.EqualsEither(options.OtlpApiKey, options.OtlpSecondaryApiKey, request.Headers[ApiKeyHeader].ToString());

    private async Task<Outcome> TakeAsync(HttpRequest request, IOtlpSignal signal, bool isGrpc, bool isJson, string encoding)
    {
        byte[]? buffer = null;
        var reserved = 0L;
        try
        {
            var (body, length) = await ReadAsync(request.Body, request.ContentLength, request.HttpContext.RequestAborted).ConfigureAwait(false);
            buffer = body;
            var message = body.AsMemory(0, length);
            var compressed = encoding is not ("" or "identity");
            if (isGrpc)
            {
                if (length < GrpcPrefix || BinaryPrimitives.ReadUInt32BigEndian(message.Span[1..]) != length - GrpcPrefix)
                {
                    throw new OtlpFormatException("the length of the gRPC message is wrong");
                }

                compressed = message.Span[0] == 1;
                message = message[GrpcPrefix..];
            }

            if (compressed)
            {
                if (encoding != "gzip")
                {
                    throw new OtlpFormatException($"it is compressed with '{encoding}'; gzip is understood");
                }

                message = Decompress(message);
            }

            if (isJson)
            {
                message = OtlpJsonReader.ToProtobuf(message.Span, signal.Schema, store.Limits.MaxRequestBytes);
            }

            var refused = signal.Export(message.Span);
            return new(GrpcStatus.Ok, refused, refused > 0 ? $"{refused} items were refused: they lack an id, or there is no room for their resource." : "");
        }
        catch (Exception exception) when (exception is OtlpFormatException or InvalidDataException)
        {
            signal.CountRefusedRequest();
            return new(GrpcStatus.InvalidArgument, 0, exception.Message);
        }
        catch (InsufficientRoomException exception)
        {
            signal.CountRefusedRequest();
            return new(GrpcStatus.ResourceExhausted, 0, exception.Message);
        }
        finally
        {
            Interlocked.Add(ref _bytesInFlight, -reserved);
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        async ValueTask<(byte[] Buffer, int Length)> ReadAsync(Stream stream, long? announced, CancellationToken cancellationToken)
        {
            var body = Grow(null, (int)Math.Clamp(announced ?? 16_384, 1_024, store.Limits.MaxRequestBytes));
            for (var filled = 0; ;)
            {
                var read = await stream.ReadAsync(body.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return (body, filled);
                }

                filled += read;
                if (filled == body.Length)
                {
                    body = Grow(body, body.Length * 2);
                }
            }
        }

        Memory<byte> Decompress(Memory<byte> message)
        {
            using var source = new GZipStream(new MemoryStream(message.ToArray(), writable: false), CompressionMode.Decompress);
            using var target = new MemoryStream();
            var chunk = new byte[16_384];
            for (int read; (read = source.Read(chunk)) > 0;)
            {
                Reserve(read);
                target.Write(chunk, 0, read);
                if (target.Length > store.Limits.MaxRequestBytes)
                {
                    throw new OtlpFormatException($"it is larger than {store.Limits.MaxRequestBytes} bytes");
                }
            }

            return target.GetBuffer().AsMemory(0, (int)target.Length);
        }

        byte[] Grow(byte[]? old, int size)
        {
            if (old is not null && old.Length > store.Limits.MaxRequestBytes)
            {
                throw new OtlpFormatException($"it is larger than {store.Limits.MaxRequestBytes} bytes");
            }

            Reserve(size - (old?.Length ?? 0));
            var grown = ArrayPool<byte>.Shared.Rent(size);
            buffer = grown;
            if (old is not null)
            {
                old.CopyTo(grown, 0);
                ArrayPool<byte>.Shared.Return(old);
            }

            return grown;
        }

        void Reserve(int bytes)
        {
            reserved += bytes;
            if (Interlocked.Add(ref _bytesInFlight, bytes) > store.Limits.MaxRequestBytesInFlight)
            {
                throw new InsufficientRoomException();
            }
        }
    }

    /// <summary>
    /// A browser names the origin of the page that sends. Only configured ones may: else any site could fill the store of whoever looks at it.
    /// </summary>
    private bool AllowOrigin(HttpRequest request, HttpResponse response)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return true;
        }

        if (!options.OtlpAllowedOrigins.Contains("*") && !options.OtlpAllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.Vary = "Origin";
        if (HttpMethods.IsOptions(request.Method))
        {
            response.Headers.AccessControlAllowMethods = HttpMethods.Post;
            response.Headers.AccessControlAllowHeaders = options.OtlpAllowedHeaders.Contains("*")
                ? request.Headers.AccessControlRequestHeaders
                : string.Join(", ", options.OtlpAllowedHeaders.Append("content-type").Append("content-encoding").Append(ApiKeyHeader));
        }

        return true;
    }

    private static byte[] Json(Outcome outcome, IOtlpSignal signal)
    {
        if (outcome.Status != GrpcStatus.Ok)
        {
            return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["code"] = (int)outcome.Status, ["message"] = outcome.Message });
        }

        var refused = signal.Path switch
        {
            "/v1/traces" => "rejectedSpans",
            "/v1/logs" => "rejectedLogRecords",
            _ => "rejectedDataPoints",
        };
        return outcome.Refused == 0
            ? "{}"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(new JsonObject
            {
                ["partialSuccess"] = new JsonObject { [refused] = outcome.Refused.ToString(CultureInfo.InvariantCulture), ["errorMessage"] = outcome.Message },
            });
    }

    /// <summary>The answer to a request that was taken; empty unless items were refused.</summary>
    private static byte[] PartialSuccess(Outcome outcome)
    {
        if (outcome.Refused == 0)
        {
            return [];
        }

        var message = Encoding.UTF8.GetBytes(outcome.Message);
        List<byte> inner = [0x08, .. Varint(outcome.Refused), 0x12, .. Varint(message.Length), .. message];
        return [0x0A, .. Varint(inner.Count), .. inner];
    }

    /// <summary>A <c>google.rpc.Status</c> with the message.</summary>
    private static byte[] StatusMessage(Outcome outcome)
    {
        var message = Encoding.UTF8.GetBytes(outcome.Message);
        return [0x08, .. Varint((int)outcome.Status), 0x12, .. Varint(message.Length), .. message];
    }

    private static List<byte> Varint(int value)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes;
    }

    private enum GrpcStatus
    {
        Ok = 0,
        InvalidArgument = 3,
        ResourceExhausted = 8,
        Unauthenticated = 16,
    }

    private readonly record struct Outcome(GrpcStatus Status, int Refused, string Message);

    private sealed class InsufficientRoomException() : Exception("The dashboard is reading as much as it can; send this again later.");
}
