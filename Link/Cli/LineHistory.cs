namespace Link.Cli;

/// <summary>The lines typed before, kept in a file only its user can read. Lines with passwords are not kept.</summary>
internal sealed class LineHistory
{
    private const int MostLines = 500;
    private static readonly string[] s_secretCommands = ["AUTH", "HELLO", "ACL", "MIGRATE"];
    private static readonly string[] s_secretWords = ["REQUIREPASS", "MASTERAUTH", "AUTH-PASS", "SENTINEL-PASS"];

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
        if (string.IsNullOrWhiteSpace(line) || (_lines.Count > 0 && _lines[^1] == line) || IsSecret(line))
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

    private static bool IsSecret(string line)
    {
        var words = line.ToUpperInvariant().Split([' ', '\t', '"', '\''], StringSplitOptions.RemoveEmptyEntries);
        var command = words.SkipWhile(word => word.All(char.IsAsciiDigit)).FirstOrDefault();
        return s_secretCommands.Contains(command) || words.Any(s_secretWords.Contains);
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
