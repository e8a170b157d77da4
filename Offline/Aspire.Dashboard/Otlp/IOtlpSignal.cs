namespace Aspire.Dashboard.Otlp;

/// <summary>One of the three signals: where it is sent, and how a request is taken in.</summary>
internal interface IOtlpSignal
{
    /// <summary>Its path over HTTP.</summary>
    string Path { get; }

    /// <summary>Its path over gRPC.</summary>
    string GrpcPath { get; }

    /// <summary>The form of its requests in JSON.</summary>
    OtlpMessage Schema { get; }

    /// <summary>Takes in an export request and returns how many of its items were refused.</summary>
    /// <exception cref="OtlpFormatException">It is not one.</exception>
    int Export(ReadOnlySpan<byte> request);

    /// <summary>Counts a request that was turned away whole.</summary>
    void CountRefusedRequest();
}
