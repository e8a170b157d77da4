namespace Aspire.Hosting.Publishing;

/// <summary>Writes what is published.</summary>
internal static class PublishedFiles
{
    /// <summary>
    /// Writes files into a directory. Each is written beside and moved over, and none is before all texts are there, so that a failure
    /// leaves what was there and no half of a file.
    /// </summary>
    public static async Task WriteAsync(string directory, IEnumerable<(string Path, string Text)> files, CancellationToken cancellationToken)
    {
        foreach (var (relative, text) in files.ToList())
        {
            var path = Path.Combine(directory, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var beside = $"{path}.{Environment.ProcessId}.tmp";
            try
            {
                await File.WriteAllTextAsync(beside, text, cancellationToken).ConfigureAwait(false);
                File.Move(beside, path, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
        }
    }
}
