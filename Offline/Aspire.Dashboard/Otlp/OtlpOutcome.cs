using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Dashboard.Otlp;

/// <summary>What became of an export request.</summary>
internal enum OtlpOutcomeKind
{
    /// <summary>It was taken in, with or without all of its items.</summary>
    Taken,

    /// <summary>It is none.</summary>
    Malformed,

    /// <summary>It will never be taken: the sender must not try again.</summary>
    TooLarge,

    /// <summary>It may be sent again in a while.</summary>
    NoRoom,

    /// <summary>Its sender is not known.</summary>
    Unknown,
}

/// <summary>What became of an export request, and how the answer says so in each of the protocols.</summary>
internal readonly record struct OtlpOutcome(OtlpOutcomeKind Kind, int Refused, string Message)
{
    public const int RetryAfterSeconds = 1;

    public int GrpcStatus => Kind switch
    {
        OtlpOutcomeKind.Taken => 0,
        OtlpOutcomeKind.Malformed => 3,
        OtlpOutcomeKind.Unknown => 16,
        _ => 8, // RESOURCE_EXHAUSTED; only the details tell whether to try again.
    };

    public byte[] ToJson(IOtlpSignal signal)
    {
        if (Kind != OtlpOutcomeKind.Taken)
        {
            return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["code"] = GrpcStatus, ["message"] = Message });
        }

        var refused = signal.Path switch
        {
            "/v1/traces" => "rejectedSpans",
            "/v1/logs" => "rejectedLogRecords",
            _ => "rejectedDataPoints",
        };
        return Refused == 0
            ? "{}"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(new JsonObject
            {
                ["partialSuccess"] = new JsonObject { [refused] = Refused.ToString(CultureInfo.InvariantCulture), ["errorMessage"] = Message },
            });
    }

    /// <summary>The response message of the signal, or for a request that was not taken a <c>google.rpc.Status</c>.</summary>
    public byte[] ToProtobuf() => Kind == OtlpOutcomeKind.Taken ? PartialSuccess() : Status();

    /// <summary>Empty unless items were refused.</summary>
    private byte[] PartialSuccess() => Refused == 0 ? [] : Field(1, [.. Number(1, Refused), .. Field(2, Encoding.UTF8.GetBytes(Message))]);

    private byte[] Status()
    {
        byte[] status = [.. Number(1, GrpcStatus), .. Field(2, Encoding.UTF8.GetBytes(Message))];
        return Kind == OtlpOutcomeKind.NoRoom ? [.. status, .. Field(3, RetryInfo())] : status;
    }

    /// <summary>An <c>Any</c> with a <c>google.rpc.RetryInfo</c>: without it a sender over gRPC does not try again.</summary>
    private static byte[] RetryInfo() =>
        [.. Field(1, "type.googleapis.com/google.rpc.RetryInfo"u8.ToArray()), .. Field(2, Field(1, Number(1, RetryAfterSeconds)))];

    private static byte[] Number(int field, int value) => [(byte)(field << 3), .. Varint(value)];

    private static byte[] Field(int field, byte[] content) => [(byte)(field << 3 | 2), .. Varint(content.Length), .. content];

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
}
