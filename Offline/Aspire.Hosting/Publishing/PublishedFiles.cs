using System.Text;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes what is published: beside what was there first, which is replaced once all of it is whole, so that a failure leaves what was there.</summary>
internal static class PublishedFiles
{
    /// <summary>Writes files into a directory.</summary>
    public static Task WriteAsync(string directory, IEnumerable<(string Path, string Text)> files, CancellationToken cancellationToken) =>
        WriteAsync([.. files.Select(file => (Path.Combine(directory, file.Path), (Func<Stream, Task>)(stream => stream.WriteAsync(Encoding.UTF8.GetBytes(file.Text), cancellationToken).AsTask())))]);

    /// <summary>Writes a file.</summary>
    public static Task WriteAsync(string path, Func<Stream, Task> write) => WriteAsync([(path, write)]);

    private static async Task WriteAsync(List<(string Path, Func<Stream, Task> Write)> files)
    {
        foreach (var (path, _) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        try
        {
            foreach (var (path, write) in files)
            {
                var stream = new FileStream(Beside(path), FileMode.Create);
                await using (stream.ConfigureAwait(false))
                {
                    await write(stream).ConfigureAwait(false);
                }
            }

            foreach (var (path, _) in files)
            {
                File.Move(Beside(path), path, overwrite: true);
            }
        }
        finally
        {
            foreach (var (path, _) in files)
            {
                File.Delete(Beside(path));
            }
        }
    }

    private static string Beside(string path) => $"{path}.{Environment.ProcessId}.tmp";
}
