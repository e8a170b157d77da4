using System.Globalization;
using System.Text;

namespace Link.Cli;

/// <summary>Reads a line from a terminal with the usual editing keys, history and completion.</summary>
internal sealed class LineEditor(LineHistory history)
{
    private readonly LineBuffer _line = new();
    private string _prompt = "";
    private int _recalled;
    private string _unfinished = "";

    /// <summary>Given what is typed, all lines it could become.</summary>
    public Func<string, Task<IReadOnlyList<string>>>? Complete { get; set; }

    /// <summary>The line, or null when the user leaves with Ctrl+D, or with Ctrl+C on an empty line.</summary>
    public async Task<string?> ReadLineAsync(string prompt)
    {
        _prompt = prompt;
        _line.Set("");
        _recalled = history.Lines.Count;

        // Otherwise Ctrl+C would end the process before the line editor sees it.
        Console.TreatControlCAsInput = true;
        try
        {
            Draw();
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                if (key.Key == ConsoleKey.Tab)
                {
                    key = await CompleteAsync();
                }

                if (IsControl(key, ConsoleKey.R, '\x12'))
                {
                    key = SearchHistory();
                }

                switch (Apply(key))
                {
                    case Outcome.Entered:
                        Console.Write("\r\n");
                        history.Add(_line.Text);
                        return _line.Text;
                    case Outcome.Left:
                        Console.Write("\r\n");
                        return null;
                    default:
                        Draw();
                        break;
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private enum Outcome
    {
        Edited,
        Entered,
        Left,
    }

    private Outcome Apply(ConsoleKeyInfo key)
    {
        if ((key.Modifiers & ConsoleModifiers.Control) != 0 || (key.KeyChar < ' ' && key.KeyChar != 0))
        {
            if (ApplyControl(key) is { } outcome)
            {
                return outcome;
            }
        }

        switch (key.Key)
        {
            case ConsoleKey.Enter: return Outcome.Entered;
            case ConsoleKey.Backspace: _line.Backspace(); break;
            case ConsoleKey.Delete: _line.Delete(); break;
            case ConsoleKey.LeftArrow: _line.Move(-1); break;
            case ConsoleKey.RightArrow: _line.Move(1); break;
            case ConsoleKey.Home: _line.MoveToStart(); break;
            case ConsoleKey.End: _line.MoveToEnd(); break;
            case ConsoleKey.UpArrow: Recall(-1); break;
            case ConsoleKey.DownArrow: Recall(1); break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    _line.Insert(key.KeyChar);
                }

                break;
        }

        return Outcome.Edited;
    }

    private Outcome? ApplyControl(ConsoleKeyInfo key)
    {
        // The terminal sends the letter's place in the alphabet; which key .NET makes of it varies.
        var letter = key.KeyChar is > '\0' and < ' ' ? (char)(key.KeyChar + 'A' - 1) : (char)key.Key;
        switch (letter)
        {
            case 'M' or 'J': return Outcome.Entered;
            case 'C' when _line.Text.Length == 0: return Outcome.Left;
            case 'C': Console.Write("^C\r\n"); _line.Set(""); break;
            case 'D' when _line.Text.Length == 0: return Outcome.Left;
            case 'D': _line.Delete(); break;
            case 'A': _line.MoveToStart(); break;
            case 'E': _line.MoveToEnd(); break;
            case 'B': _line.Move(-1); break;
            case 'F': _line.Move(1); break;
            case 'H': _line.Backspace(); break;
            case 'K': _line.DeleteToEnd(); break;
            case 'U': _line.DeleteToStart(); break;
            case 'W': _line.DeleteWord(); break;
            case 'T': _line.SwapCharacters(); break;
            case 'P': Recall(-1); break;
            case 'N': Recall(1); break;
            case 'L': Console.Write("\x1b[H\x1b[2J"); break;
            default: return null;
        }

        return Outcome.Edited;
    }

    private void Recall(int step)
    {
        var next = Math.Clamp(_recalled + step, 0, history.Lines.Count);
        if (next == _recalled)
        {
            return;
        }

        if (_recalled == history.Lines.Count)
        {
            _unfinished = _line.Text;
        }

        _recalled = next;
        _line.Set(next == history.Lines.Count ? _unfinished : history.Lines[next]);
    }

    /// <summary>Each Tab shows the next completion; the first other key takes the one shown, Escape none.</summary>
    private async Task<ConsoleKeyInfo> CompleteAsync()
    {
        var typed = _line.Text;
        var choices = Complete is null ? [] : await Complete(typed);
        for (var i = 0; ; i++)
        {
            if (choices.Count > 0)
            {
                _line.Set(i % (choices.Count + 1) is var choice && choice < choices.Count ? choices[choice] : typed);
                Draw();
            }

            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Escape)
            {
                _line.Set(typed);
                Draw();
                return Console.ReadKey(intercept: true);
            }

            if (key.Key != ConsoleKey.Tab)
            {
                return key;
            }
        }
    }

    private ConsoleKeyInfo SearchHistory()
    {
        var (typed, wanted, from) = (_line.Text, "", history.Lines.Count - 1);
        while (true)
        {
            var found = wanted.Length == 0 || from < 0 ? -1 : FindBackwards(wanted, from);
            _line.Set(found < 0 ? typed : history.Lines[found]);
            Draw($"(reverse-i-search)`{wanted}': ");
            var key = Console.ReadKey(intercept: true);
            if (IsControl(key, ConsoleKey.R, '\x12'))
            {
                from = found < 0 ? from : found - 1;
            }
            else if (key.Key == ConsoleKey.Backspace)
            {
                (wanted, from) = (wanted.Length > 0 ? wanted[..^1] : "", history.Lines.Count - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                wanted += key.KeyChar;
            }
            else
            {
                return key;
            }
        }
    }

    private int FindBackwards(string wanted, int from)
    {
        while (from >= 0 && !history.Lines[from].Contains(wanted, StringComparison.OrdinalIgnoreCase))
        {
            from--;
        }

        return from;
    }

    /// <summary>Redraws the line in place; what does not fit scrolls sideways with the cursor.</summary>
    private void Draw(string? prompt = null)
    {
        prompt ??= _prompt;
        var width = Math.Max(8, (Console.WindowWidth > 0 ? Console.WindowWidth : 80) - prompt.Length - 1);
        var start = Math.Max(0, _line.Cursor - width);
        var visible = _line.Text.AsSpan(start, Math.Min(width, _line.Text.Length - start));
        var frame = new StringBuilder().Append('\r').Append(prompt).Append(visible).Append("\x1b[0K\r");
        var column = prompt.Length + _line.Cursor - start;
        if (column > 0)
        {
            frame.Append(CultureInfo.InvariantCulture, $"\x1b[{column}C");
        }

        Console.Write(frame.ToString());
    }

    private static bool IsControl(ConsoleKeyInfo key, ConsoleKey letter, char code) =>
        key.KeyChar == code || (key.Key == letter && key.Modifiers == ConsoleModifiers.Control);
}
