namespace Aspire.Hosting;

/// <summary>The folders that are removed when the application ends.</summary>
internal sealed class TemporaryFolders : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _folders = [];

    /// <summary>Makes the folder unless it is there.</summary>
    public void Create(string folder)
    {
        lock (_lock)
        {
            _folders.Add(folder);
            Directory.CreateDirectory(folder);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var folder in _folders.Where(Directory.Exists))
            {
                try
                {
                    Directory.Delete(folder, recursive: true);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // Somebody looks into it: no reason to end with an error.
                }
            }
        }
    }
}
