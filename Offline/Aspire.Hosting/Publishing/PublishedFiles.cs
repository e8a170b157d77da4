using System.Text;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes what is published.</summary>
internal static class PublishedFiles
{
    /// <summary>Writes files into a directory, and none before all texts are there.</summary>
    public static async Task WriteAsync(string directory, IEnumerable<(string Path, string Text)> files, CancellationToken cancellationToken)
    {
        foreach (var (path, text) in files.ToList())
        {
            await WriteAsync(Path.Combine(directory, path), async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a file beside and moves it over, so that a failure leaves what was there and no half of a file.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            var stream = new FileStream(beside, FileMode.Create);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
