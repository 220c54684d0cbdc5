namespace WeComOps.Templates.Language.Runtime;

/// <summary>
/// Where a template writes. Indentation follows Scriban: a line break marks the line as new, and the next text writes the indentation
/// of its statement first. Outside of every code block there is no indentation and nothing to write.
/// </summary>
internal sealed class OutputBuffer
{
    private const int KeptChars = 8 * 1024;
    private char[] _chars = new char[1024];
    private int _length;
    private int _start;

    /// <summary>The indentation of the running statement; null for none at all.</summary>
    public string? Indent { get; set; }

    /// <summary>The last text ended with a line break.</summary>
    public bool AfterNewLine { get; set; }

    public ReadOnlySpan<char> Written => _chars.AsSpan(_start, _length - _start);

    public void Reset()
    {
        _length = 0;
        _start = 0;
        Indent = null;
        AfterNewLine = false;
    }

    /// <summary>Gives back memory that an unusually long text took.</summary>
    public void Trim()
    {
        if (_chars.Length > KeptChars)
            _chars = new char[1024];
        else
            Array.Clear(_chars, 0, Math.Min(_length, _chars.Length));
    }

    /// <summary>Writes apart from here on. Returns what <see cref="Cut"/> needs to come back.</summary>
    public int Divert()
    {
        var outer = _start;
        _start = _length;
        return outer;
    }

    /// <summary>Takes what was written since <see cref="Divert"/> and goes on writing before it.</summary>
    public string Cut(int outer)
    {
        var text = Written.ToString();
        _length = _start;
        _start = outer;
        return text;
    }

    /// <summary>False if the output would be longer than allowed.</summary>
    public bool Write(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return true;
        if (string.IsNullOrEmpty(Indent))
        {
            AfterNewLine = text[^1] == '\n';
            return Append(text);
        }

        while (!text.IsEmpty)
        {
            if (AfterNewLine && !Append(Indent))
                return false;
            var lineBreak = text.IndexOf('\n');
            AfterNewLine = lineBreak >= 0;
            var line = AfterNewLine ? text[..(lineBreak + 1)] : text;
            if (!Append(line))
                return false;
            text = text[line.Length..];
        }

        return true;
    }

    private bool Append(ReadOnlySpan<char> text)
    {
        if (_length - _start + text.Length > TemplateLimits.OutputBytes)
            return false;
        if (_length + text.Length > _chars.Length)
            Array.Resize(ref _chars, Math.Max(_chars.Length * 2, _length + text.Length));
        text.CopyTo(_chars.AsSpan(_length));
        _length += text.Length;
        return true;
    }
}
