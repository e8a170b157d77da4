namespace Aspire.Dashboard.Otlp;

/// <summary>
/// The shape that all three signals share: resources, in them scopes, in them items, found as ranges of the request. Fields may come in any
/// order, so that resource and scope are known only once the whole has been walked.
/// </summary>
internal sealed class OtlpBatches
{
    private Range _resource;
    private Range _scope;

    public bool HasScope { get; private set; }

    public List<Range> Items { get; } = [];

    public ReadOnlySpan<byte> Resource(ReadOnlySpan<byte> request) => request[_resource];

    public ReadOnlySpan<byte> Scope(ReadOnlySpan<byte> request) => request[_scope];

    public static List<OtlpBatches> Of(ReadOnlySpan<byte> request)
    {
        List<OtlpBatches> batches = [];
        for (var reader = new ProtobufReader(request); reader.Next();)
        {
            if (reader.Field == 1)
            {
                AddResource(request, reader.Bytes(), batches);
            }
            else
            {
                reader.Skip();
            }
        }

        return batches;
    }

    private static void AddResource(ReadOnlySpan<byte> request, ReadOnlySpan<byte> message, List<OtlpBatches> batches)
    {
        var first = batches.Count;
        Range resource = default;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    resource = RangeOf(request, reader.Bytes());
                    break;
                case 2:
                    AddScope(request, reader.Bytes(), batches);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        for (var i = first; i < batches.Count; i++)
        {
            batches[i]._resource = resource;
        }
    }

    private static void AddScope(ReadOnlySpan<byte> request, ReadOnlySpan<byte> message, List<OtlpBatches> batches)
    {
        var batch = new OtlpBatches();
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    batch._scope = RangeOf(request, reader.Bytes());
                    batch.HasScope = true;
                    break;
                case 2:
                    batch.Items.Add(RangeOf(request, reader.Bytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        batches.Add(batch);
    }

    private static Range RangeOf(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
        {
            return default;
        }

        whole.Overlaps(part, out var offset);
        return offset..(offset + part.Length);
    }
}
