using System.Buffers;

namespace Aspire.Hosting.Execution;

/// <summary>Reads lines; one that does not end is cut, so that a program can't fill the memory of the host.</summary>
internal static class LineSplitter
{
    private const int LongestLine = 32 * 1024;

    public static async Task ReadAsync(TextReader reader, Action<string> onLine, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<char>.Shared.Rent(LongestLine);
        try
        {
            var filled = 0;
            int read;
            while ((read = await reader.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false)) > 0)
            {
                filled = Emit(buffer, filled + read, onLine);
            }

            if (filled > 0)
            {
                onLine(new string(buffer, 0, filled));
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Emit(char[] buffer, int filled, Action<string> onLine)
    {
        var start = 0;
        while (Array.IndexOf(buffer, '\n', start, filled - start) is var end and >= 0)
        {
            var length = end - start;
            onLine(new string(buffer, start, length > 0 && buffer[end - 1] == '\r' ? length - 1 : length));
            start = end + 1;
        }

        if (start == 0 && filled == buffer.Length)
        {
            onLine(new string(buffer));
            return 0;
        }

        Array.Copy(buffer, start, buffer, 0, filled - start);
        return filled - start;
    }
}
