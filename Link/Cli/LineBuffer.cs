namespace Link.Cli;

/// <summary>The line being edited and the cursor in it.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(char character) => (Text, Cursor) = (Text.Insert(Cursor, character.ToString()), Cursor + 1);

    public void Backspace()
    {
        var end = Cursor;
        Move(-1);
        Text = Text.Remove(Cursor, end - Cursor);
    }

    public void Delete()
    {
        var start = Cursor;
        Move(1);
        (Text, Cursor) = (Text.Remove(start, Cursor - start), start);
    }

    /// <summary>A character outside the first 65536, such as an emoji, is two of the string and stays whole.</summary>
    public void Move(int by)
    {
        Cursor = Math.Clamp(Cursor + by, 0, Text.Length);
        if (Cursor > 0 && Cursor < Text.Length && char.IsSurrogatePair(Text[Cursor - 1], Text[Cursor]))
        {
            Cursor += Math.Sign(by);
        }
    }

    public void MoveToStart() => Cursor = 0;

    public void MoveToEnd() => Cursor = Text.Length;

    public void DeleteToEnd() => Text = Text[..Cursor];

    public void DeleteToStart() => (Text, Cursor) = (Text[Cursor..], 0);

    public void DeleteWord()
    {
        var start = Cursor;
        while (start > 0 && Text[start - 1] == ' ')
        {
            start--;
        }

        while (start > 0 && Text[start - 1] != ' ')
        {
            start--;
        }

        Text = Text.Remove(start, Cursor - start);
        Cursor = start;
    }

    public void SwapCharacters()
    {
        if (Cursor > 0 && Text.Length > 1)
        {
            var right = Math.Min(Cursor, Text.Length - 1);
            var characters = Text.ToCharArray();
            (characters[right - 1], characters[right]) = (characters[right], characters[right - 1]);
            Text = new string(characters);
            Cursor = right + 1;
        }
    }
}
