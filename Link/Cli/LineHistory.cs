namespace Link.Cli;

/// <summary>The lines typed before, kept in a file only its user can read. Lines with passwords are not kept.</summary>
internal sealed class LineHistory
{
    private const int MostLines = 500;
    private static readonly string[] s_secret = ["AUTH", "HELLO", "ACL", "CONFIG SET REQUIREPASS", "CONFIG SET MASTERAUTH", "MIGRATE"];

    private readonly string? _file;
    private readonly List<string> _lines = [];

    public LineHistory(string? file)
    {
        _file = file;
        try
        {
            if (file is not null && File.Exists(file))
            {
                _lines.AddRange(File.ReadLines(file).TakeLast(MostLines));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A history that can't be read is no reason not to work.
            _file = null;
        }
    }

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The usual place: the user's state directory.</summary>
    public static string DefaultFile
    {
        get
        {
            var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } configured
                ? configured
                : OperatingSystem.IsWindows()
                    ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            return Path.Combine(state, "link", "redis-cli-history");
        }
    }

    public void Add(string line)
    {
        var normal = string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
        if (normal.Length == 0 || (_lines.Count > 0 && _lines[^1] == line) || s_secret.Any(secret => normal.StartsWith(secret, StringComparison.Ordinal)))
        {
            return;
        }

        _lines.Add(line);
        if (_lines.Count > MostLines)
        {
            _lines.RemoveAt(0);
        }

        Save();
    }

    private void Save()
    {
        if (_file is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(_file, options);
            foreach (var line in _lines)
            {
                writer.Write(line + "\n");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nor is one that can't be written.
        }
    }
}
