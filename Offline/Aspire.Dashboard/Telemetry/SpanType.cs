namespace Aspire.Dashboard.Telemetry;

/// <summary>What kind of work a span is, by the attributes that the semantic conventions ask for.</summary>
public enum SpanType
{
    /// <summary>Any.</summary>
    All,

    /// <summary>An HTTP request, made or handled.</summary>
    Http,

    /// <summary>A database call.</summary>
    Database,

    /// <summary>A message sent or handled.</summary>
    Messaging,

    /// <summary>A remote procedure call.</summary>
    Rpc,

    /// <summary>A call to a model.</summary>
    GenAI,

    /// <summary>A call to a cloud's service.</summary>
    Cloud,

    /// <summary>None of these.</summary>
    Other,
}

/// <summary>Tells the <see cref="SpanType"/> of spans.</summary>
public static class SpanTypes
{
    /// <summary>The type of a span; never <see cref="SpanType.All"/>.</summary>
    public static SpanType GetSpanType(this Span span)
    {
        var type = SpanType.Other;
        foreach (var attribute in span.Attributes.AsSpan())
        {
            var key = attribute.Key;
            if (key.StartsWith("gen_ai.", StringComparison.Ordinal))
            {
                return SpanType.GenAI;
            }

            type = type != SpanType.Other ? type
                : key.StartsWith("db.", StringComparison.Ordinal) ? SpanType.Database
                : key.StartsWith("messaging.", StringComparison.Ordinal) ? SpanType.Messaging
                : key.StartsWith("rpc.", StringComparison.Ordinal) ? SpanType.Rpc
                : key.StartsWith("aws.", StringComparison.Ordinal) || key.StartsWith("az.", StringComparison.Ordinal) || key.StartsWith("gcp.", StringComparison.Ordinal) ? SpanType.Cloud
                : key is "http.request.method" or "http.method" ? SpanType.Http
                : SpanType.Other;
        }

        return type;
    }
}
