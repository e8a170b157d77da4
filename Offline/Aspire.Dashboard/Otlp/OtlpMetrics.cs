using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>Reads <c>ExportMetricsServiceRequest</c> into the store.</summary>
internal sealed class OtlpMetrics(OtlpReader common) : IOtlpSignal
{
    private const ulong DeltaTemporality = 1;

    public string Path => "/v1/metrics";

    public string GrpcPath => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    public OtlpMessage Schema => OtlpSchema.Metrics;

    public void CountRefusedRequest() => common.Store.Metrics.CountRefusedRequest();

    public int Export(ReadOnlySpan<byte> request)
    {
        return common.ReadItems<MetricData>(request, Read, (metrics, refused) => refused + common.Store.Metrics.Add(metrics, refused), CountPoints);
    }

    private static int CountPoints(ReadOnlySpan<byte> message)
    {
        var points = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            if (reader.Field is not (5 or 7 or 9 or 10 or 11))
            {
                reader.Skip();
                continue;
            }

            for (var data = new ProtobufReader(reader.Bytes()); data.Next(1, out _);)
            {
                points++;
            }
        }

        return points;
    }

    private MetricData Read(ReadOnlySpan<byte> message, TelemetryResource resource, InstrumentationScope meter, List<KeyValue> _, ref int bytes)
    {
        var (name, description, unit) = ("", "", "");
        var dataField = 0;
        ReadOnlySpan<byte> data = default;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    name = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 2:
                    description = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 3:
                    unit = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 5 or 7 or 9 or 10 or 11:
                    dataField = reader.Field;
                    data = reader.Bytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // One without data has no points.
        var kind = dataField switch
        {
            7 => InstrumentKind.Sum,
            9 or 10 => InstrumentKind.Histogram,
            11 => InstrumentKind.Summary,
            _ => InstrumentKind.Gauge,
        };
        var metric = new MetricData { Resource = resource, Meter = meter, Name = name, Description = description, Unit = unit, Kind = kind, Bytes = bytes };
        for (var reader = new ProtobufReader(data); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    OtlpReader.Hold(160, ref bytes);
                    metric.Points.Add(dataField switch
                    {
                        9 => Histogram(reader.Bytes(), ref bytes),
                        10 => ExponentialHistogram(reader.Bytes(), ref bytes),
                        11 => Summary(reader.Bytes(), ref bytes),
                        _ => Number(reader.Bytes(), metric, ref bytes),
                    });
                    break;
                case 2 when dataField != 11:
                    metric.IsDelta = reader.Unsigned() == DeltaTemporality;
                    break;
                case 3 when dataField == 7:
                    metric.IsMonotonic = reader.Unsigned() != 0;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return metric;
    }

    private MetricPointData Number(ReadOnlySpan<byte> message, MetricData metric, ref int bytes)
    {
        var point = new MetricPointData();
        List<KeyValue> attributes = [];
        List<Exemplar> exemplars = [];
        uint dropped = 0;
        var attributeBytes = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 2:
                    point.StartUnixNano = reader.Fixed64();
                    break;
                case 3:
                    point.TimeUnixNano = reader.Fixed64();
                    break;
                case 4:
                    point.Value = reader.Double();
                    break;
                case 5:
                    exemplars.Add(ReadExemplar(reader.Bytes(), ref bytes));
                    break;
                case 6:
                    point.Value = (long)reader.Fixed64();
                    metric.IsInteger = true;
                    break;
                case 7:
                    common.Add(attributes, reader.Bytes(), ref dropped, ref attributeBytes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return Finish(point, attributes, attributeBytes, exemplars, ref bytes);
    }

    private MetricPointData Histogram(ReadOnlySpan<byte> message, ref int bytes)
    {
        var point = new MetricPointData();
        List<KeyValue> attributes = [];
        List<Exemplar> exemplars = [];
        List<ulong> counts = [];
        List<ulong> bounds = [];
        uint dropped = 0;
        var attributeBytes = 0;
        ulong count = 0;
        double? min = null, max = null;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 2:
                    point.StartUnixNano = reader.Fixed64();
                    break;
                case 3:
                    point.TimeUnixNano = reader.Fixed64();
                    break;
                case 4:
                    count = reader.Fixed64();
                    break;
                case 5:
                    point.Value = reader.Double();
                    break;
                case 6:
                    reader.AppendFixed64(counts);
                    break;
                case 7:
                    reader.AppendFixed64(bounds);
                    break;
                case 8:
                    exemplars.Add(ReadExemplar(reader.Bytes(), ref bytes));
                    break;
                case 9:
                    common.Add(attributes, reader.Bytes(), ref dropped, ref attributeBytes);
                    break;
                case 11:
                    min = reader.Double();
                    break;
                case 12:
                    max = reader.Double();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // Without one count more than bounds the buckets say nothing.
        var hasBuckets = counts.Count == bounds.Count + 1;
        point.Distribution = new()
        {
            Count = count,
            Min = min,
            Max = max,
            Counts = hasBuckets ? [.. counts] : [],
            Bounds = hasBuckets ? [.. bounds.Select(BitConverter.UInt64BitsToDouble)] : [],
        };
        return Finish(point, attributes, attributeBytes, exemplars, ref bytes);
    }

    /// <summary>Turns the buckets of an exponential histogram into ones with explicit bounds, which is what the pages draw.</summary>
    private MetricPointData ExponentialHistogram(ReadOnlySpan<byte> message, ref int bytes)
    {
        var point = new MetricPointData();
        List<KeyValue> attributes = [];
        List<Exemplar> exemplars = [];
        List<ulong> positive = [];
        var offset = 0;
        var scale = 0;
        uint dropped = 0;
        var attributeBytes = 0;
        ulong count = 0;
        double? min = null, max = null;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    common.Add(attributes, reader.Bytes(), ref dropped, ref attributeBytes);
                    break;
                case 2:
                    point.StartUnixNano = reader.Fixed64();
                    break;
                case 3:
                    point.TimeUnixNano = reader.Fixed64();
                    break;
                case 4:
                    count = reader.Fixed64();
                    break;
                case 5:
                    point.Value = reader.Double();
                    break;
                case 6:
                    scale = reader.ZigZag();
                    break;
                case 8:
                    offset = Buckets(reader.Bytes(), positive);
                    break;
                case 11:
                    exemplars.Add(ReadExemplar(reader.Bytes(), ref bytes));
                    break;
                case 12:
                    min = reader.Double();
                    break;
                case 13:
                    max = reader.Double();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var width = Math.Pow(2, -Math.Clamp(scale, -10, 20));
        ulong counted = positive.Aggregate(0UL, (sum, next) => sum + next);
        point.Distribution = new()
        {
            Count = count,
            Min = min,
            Max = max,
            // What is not positive lies below the first bound.
            Counts = positive.Count == 0 ? [] : [count > counted ? count - counted : 0, .. positive, 0],
            Bounds = positive.Count == 0 ? [] : [.. Enumerable.Range(0, positive.Count + 1).Select(i => Math.Pow(2, (offset + i) * width))],
        };
        return Finish(point, attributes, attributeBytes, exemplars, ref bytes);
    }

    private static int Buckets(ReadOnlySpan<byte> message, List<ulong> counts)
    {
        var offset = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    offset = reader.ZigZag();
                    break;
                case 2:
                    reader.AppendUnsigned(counts);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return offset;
    }

    private MetricPointData Summary(ReadOnlySpan<byte> message, ref int bytes)
    {
        var point = new MetricPointData();
        List<KeyValue> attributes = [];
        List<KeyValuePair<double, double>> quantiles = [];
        uint dropped = 0;
        var attributeBytes = 0;
        ulong count = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 2:
                    point.StartUnixNano = reader.Fixed64();
                    break;
                case 3:
                    point.TimeUnixNano = reader.Fixed64();
                    break;
                case 4:
                    count = reader.Fixed64();
                    break;
                case 5:
                    point.Value = reader.Double();
                    break;
                case 6:
                    quantiles.Add(Quantile(reader.Bytes()));
                    break;
                case 7:
                    common.Add(attributes, reader.Bytes(), ref dropped, ref attributeBytes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        point.Distribution = new() { Count = count, Quantiles = [.. quantiles] };
        return Finish(point, attributes, attributeBytes, [], ref bytes);
    }

    private static KeyValuePair<double, double> Quantile(ReadOnlySpan<byte> message)
    {
        double quantile = 0, value = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    quantile = reader.Double();
                    break;
                case 2:
                    value = reader.Double();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(quantile, value);
    }

    private Exemplar ReadExemplar(ReadOnlySpan<byte> message, ref int bytes)
    {
        TraceId traceId = default;
        SpanId spanId = default;
        ulong time = 0;
        double value = 0;
        uint dropped = 0;
        var attributeBytes = 0;
        List<KeyValue> attributes = [];
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 2:
                    time = reader.Fixed64();
                    break;
                case 3:
                    value = reader.Double();
                    break;
                case 4:
                    spanId = OtlpReader.Span(reader.Bytes());
                    break;
                case 5:
                    traceId = OtlpReader.Trace(reader.Bytes());
                    break;
                case 6:
                    value = (long)reader.Fixed64();
                    break;
                case 7:
                    common.Add(attributes, reader.Bytes(), ref dropped, ref attributeBytes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var held = 160 + attributeBytes;
        OtlpReader.Hold(held, ref bytes);
        return new(time, value, traceId, spanId, new([.. attributes])) { Bytes = held };
    }

    private static MetricPointData Finish(MetricPointData point, List<KeyValue> attributes, int attributeBytes, List<Exemplar> exemplars, ref int bytes)
    {
        OtlpReader.Hold(attributeBytes, ref bytes);
        return point with { Attributes = [.. attributes], AttributeBytes = attributeBytes, Exemplars = [.. exemplars] };
    }
}
