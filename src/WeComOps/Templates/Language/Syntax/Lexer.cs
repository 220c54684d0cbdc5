namespace WeComOps.Templates.Language.Syntax;

/// <summary>Splits a source into tokens in one pass: text and code blocks here, what stands inside of a block in <see cref="CodeLexer"/>.</summary>
internal sealed class Lexer(SourceText source)
{
    private readonly string _text = source.Text;
    private readonly List<Token> _tokens = [];
    private int _position;

    /// <summary>Characters looked at.</summary>
    public int Steps { get; private set; }

    public List<Token> Read()
    {
        var nul = _text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
            throw new SyntaxException(nul, Problems.ControlCharacter());
        while (_position < _text.Length)
        {
            ReadRaw();
            if (_position < _text.Length)
                ReadBlock();
        }

        _tokens.Add(new Token(TokenKind.End, _text.Length, _text.Length));
        return _tokens;
    }

    private void ReadRaw()
    {
        var start = _position;
        while (_position < _text.Length && !StartsBlock(_position, out _))
            _position++;
        var end = _position;
        if (end < _text.Length)
        {
            StartsBlock(_position, out var open);
            end = TrimEnd(start, end, At(open));
        }

        if (end > start)
            _tokens.Add(new Token(TokenKind.Raw, start, end));
    }

    /// <summary>Whether <c>{{</c> or <c>{%{</c> stands here; <paramref name="after"/> is the position behind it.</summary>
    private bool StartsBlock(int position, out int after)
    {
        after = position;
        if (At(position) != '{')
            return false;
        after = position + 1;
        while (At(after) == '%')
            after++;
        if (At(after) != '{')
            return false;
        after++;
        return true;
    }

    /// <summary>A minus takes all white space before the block, a tilde takes it back to the last line break.</summary>
    private int TrimEnd(int start, int end, char mode)
    {
        if (mode is not ('-' or '~'))
            return end;
        while (end > start && char.IsWhiteSpace(At(end - 1)) && (mode == '-' || !IsLineEnd(end - 1)))
            end--;
        return end;
    }

    private bool IsLineEnd(int position) => At(position) == '\n' || (At(position) == '\r' && At(position + 1) != '\n');

    private void ReadBlock()
    {
        var start = _position;
        StartsBlock(start, out _position);
        var percents = _position - start - 2;
        if (At(_position) is '-' or '~')
            _position++;
        if (percents > 0)
        {
            ReadVerbatim(start, percents);
            return;
        }

        _tokens.Add(new Token(TokenKind.Enter, start, _position));
        var code = new CodeLexer(source, _tokens, _position);
        _position = code.Read();
        Steps += code.Steps;
        if (_position >= _text.Length)
            throw new SyntaxException(start, Problems.MissingClose());
        ReadExit(0);
        _tokens.Add(new Token(TokenKind.Exit, _position, _position));
    }

    private void ReadVerbatim(int open, int percents)
    {
        var start = _position;
        while (_position < _text.Length && !EndsVerbatim(percents))
            _position++;
        if (_position >= _text.Length)
            throw new SyntaxException(open, Problems.MissingClose());
        if (_position > start)
            _tokens.Add(new Token(TokenKind.Verbatim, start, _position));
        ReadExit(percents);
    }

    private bool EndsVerbatim(int percents)
    {
        var position = At(_position) is '-' or '~' ? _position + 1 : _position;
        if (At(position) != '}')
            return false;
        for (var i = 1; i <= percents; i++)
        {
            if (At(position + i) != '%')
                return false;
        }

        return At(position + percents + 1) == '}';
    }

    /// <summary>A minus takes all white space behind the block, a tilde takes it up to and with the first line break.</summary>
    private void ReadExit(int percents)
    {
        var mode = At(_position);
        if (mode is '-' or '~')
            _position++;
        _position += percents + 2;
        if (mode is not ('-' or '~'))
            return;
        while (_position < _text.Length && char.IsWhiteSpace(At(_position)))
        {
            if (_text[_position++] == '\n' && mode == '~')
                break;
        }
    }

    private char At(int position)
    {
        Steps++;
        return position < _text.Length ? _text[position] : '\0';
    }
}
