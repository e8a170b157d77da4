using System.Buffers.Text;
using CounterService.Counting;

namespace CounterService.Answers;

/// <summary>The tutorial's text, written into the connection's own buffer.</summary>
internal static class TextAnswer
{
    private const int LongestNumber = 20;

    private static ReadOnlySpan<byte> Start => "This page was generated after talking to redis.\n\nApplication Build: 1\n\nTotal requests: "u8;

    private static ReadOnlySpan<byte> Middle => "\n\nIP count: \n"u8;

    public static void Write(HttpResponse response, in Counted counted)
    {
        var ranking = counted.Snapshot.RankingText;
        var buffer = response.BodyWriter.GetSpan(Start.Length + LongestNumber + Middle.Length + ranking.Length);

        Start.CopyTo(buffer);
        var length = Start.Length;
        Utf8Formatter.TryFormat(counted.Number, buffer[length..], out var digits);
        length += digits;
        Middle.CopyTo(buffer[length..]);
        length += Middle.Length;
        ranking.CopyTo(buffer[length..]);
        length += ranking.Length;

        response.ContentType = "text/plain";
        response.ContentLength = length;
        response.BodyWriter.Advance(length);
    }
}
