using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using Aspire.Dashboard.Security;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Takes export requests over gRPC (unary, HTTP/2) and over HTTP (protobuf and JSON), plain or gzip. What is being read at a time is bounded: beyond it
/// senders are told to come back later, which OTLP exporters do.
/// </summary>
internal sealed class OtlpReceiver(IEnumerable<IOtlpSignal> signals, DashboardOptions options, TelemetryStore store)
{
    private const string ApiKeyHeader = "x-otlp-api-key";
    private const int GrpcPrefix = 5;
    private const int FirstRead = 16_384;
    private const int LargestKeptBody = 4 << 20;

    private readonly IOtlpSignal[] _signals = [.. signals];
    private ArrayPool<byte> _bodies = NewPool();
    private long _bytesInFlight;
    private long _bytesReceived;

    /// <summary>The size of all requests so far, as they were sent.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>Lets go of what is held ready for more requests.</summary>
    public void ReleaseBuffers() => _bodies = NewPool();

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

    private static ArrayPool<byte> NewPool() => ArrayPool<byte>.Create(LargestKeptBody, maxArraysPerBucket: 2);

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
            response.StatusCode = outcome.Kind switch
            {
                OtlpOutcomeKind.Taken => StatusCodes.Status200OK,
                OtlpOutcomeKind.NoRoom => StatusCodes.Status503ServiceUnavailable,
                OtlpOutcomeKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
                _ => StatusCodes.Status400BadRequest,
            };
            if (outcome.Kind == OtlpOutcomeKind.NoRoom)
            {
                response.Headers.RetryAfter = OtlpOutcome.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            }

            response.ContentType = isJson ? "application/json" : "application/x-protobuf";
            await response.Body.WriteAsync(isJson ? outcome.ToJson(signal) : outcome.ToProtobuf(), context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task GrpcAsync(HttpContext context, IOtlpSignal signal)
    {
        var response = context.Response;
        response.ContentType = "application/grpc";
        var outcome = !IsKnown(context.Request)
            ? new OtlpOutcome(OtlpOutcomeKind.Unknown, 0, $"The header {ApiKeyHeader} is missing or wrong.")
            : await TakeAsync(context.Request, signal, isGrpc: true, isJson: false, context.Request.Headers["grpc-encoding"].ToString()).ConfigureAwait(false);
        if (outcome.Kind == OtlpOutcomeKind.Taken)
        {
            var message = outcome.ToProtobuf();
            var framed = new byte[GrpcPrefix + message.Length];
            BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
            message.CopyTo(framed, GrpcPrefix);
            await response.Body.WriteAsync(framed, context.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            response.AppendTrailer("grpc-message", Uri.EscapeDataString(outcome.Message));
            response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(outcome.ToProtobuf()));
        }

        response.AppendTrailer("grpc-status", outcome.GrpcStatus.ToString(CultureInfo.InvariantCulture));
    }

    private bool IsKnown(HttpRequest request) =>
        options.OtlpApiKey is null || FixedTime.EqualsEither(options.OtlpApiKey, options.OtlpSecondaryApiKey, request.Headers[ApiKeyHeader].ToString());

    private async Task<OtlpOutcome> TakeAsync(HttpRequest request, IOtlpSignal signal, bool isGrpc, bool isJson, string encoding)
    {
        byte[]? buffer = null;
        var reserved = 0L;
        try
        {
            var (body, length) = await ReadAsync(request.Body, request.ContentLength, request.HttpContext.RequestAborted).ConfigureAwait(false);
            buffer = body;
            Interlocked.Add(ref _bytesReceived, length);
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
            return new(OtlpOutcomeKind.Taken, refused, refused > 0 ? $"{refused} items were refused: they lack an id, or there is no room for their resource." : "");
        }
        catch (Exception exception) when (exception is OtlpFormatException or InvalidDataException)
        {
            return Refuse(OtlpOutcomeKind.Malformed, exception);
        }
        catch (TooLargeException exception)
        {
            return Refuse(OtlpOutcomeKind.TooLarge, exception);
        }
        catch (InsufficientRoomException exception)
        {
            return Refuse(OtlpOutcomeKind.NoRoom, exception);
        }
        finally
        {
            Interlocked.Add(ref _bytesInFlight, -reserved);
            if (buffer is not null)
            {
                _bodies.Return(buffer);
            }
        }

        OtlpOutcome Refuse(OtlpOutcomeKind kind, Exception reason)
        {
            signal.CountRefusedRequest();
            return new(kind, 0, reason.Message);
        }

        async ValueTask<(byte[] Buffer, int Length)> ReadAsync(Stream stream, long? announced, CancellationToken cancellationToken)
        {
            var body = Grow(null, (int)Math.Clamp(announced ?? FirstRead, 1_024, store.Limits.MaxRequestBytes));
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
                    // What the prefix of a gRPC message announces saves the steps in between.
                    var wanted = isGrpc && filled <= FirstRead ? Math.Min(BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)) + GrpcPrefix + 1, LargestKeptBody) : 0;
                    body = Grow(body, Math.Max(body.Length * 2, (int)wanted));
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
                    throw new TooLargeException(store.Limits.MaxRequestBytes);
                }
            }

            return target.GetBuffer().AsMemory(0, (int)target.Length);
        }

        byte[] Grow(byte[]? old, int size)
        {
            if (old is not null && old.Length > store.Limits.MaxRequestBytes)
            {
                throw new TooLargeException(store.Limits.MaxRequestBytes);
            }

            Reserve(size - (old?.Length ?? 0));
            var grown = _bodies.Rent(size);
            buffer = grown;
            if (old is not null)
            {
                old.CopyTo(grown, 0);
                _bodies.Return(old);
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

    private sealed class InsufficientRoomException() : Exception("The dashboard is reading as much as it can; send this again later.");

    private sealed class TooLargeException(int most) : Exception($"it is larger than {most} bytes");
}
