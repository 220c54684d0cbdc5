namespace WeComOps.Templates.Language.Syntax;

/// <summary>Reads the tokens of one code block, up to its closing braces.</summary>
internal sealed class CodeLexer(SourceText source, List<Token> tokens, int position)
{
    private readonly string _text = source.Text;
    private int _position = position;
    private int _openBraces;

    /// <summary>Characters looked at.</summary>
    public int Steps { get; private set; }

    /// <summary>Returns the position of the closing braces, or the length of the source if there are none.</summary>
    public int Read()
    {
        while (_position < _text.Length && !IsExit(_position))
            ReadToken();
        return _position;
    }

    /// <summary>Braces that close an object never close the block, even where two of them stand together.</summary>
    private bool IsExit(int at)
    {
        if (_openBraces > 0)
            return false;
        if (At(at) is '-' or '~')
            at++;
        return At(at) == '}' && At(at + 1) == '}';
    }

    private void ReadToken()
    {
        var start = _position;
        var c = At(start);
        if (c is '\n' or '\r')
            ReadNewLine();
        else if (char.IsWhiteSpace(c))
            SkipSpaces();
        else if (c == '#')
            ReadComment();
        else if (c is '"' or '\'')
            ReadText(c);
        else if (c == '`')
            ReadVerbatimText();
        else if (c == '_' || char.IsLetter(c))
            ReadIdentifier();
        else if (c == '$')
            ReadArgument();
        else if (char.IsDigit(c))
            ReadNumber();
        else if (c == '{' || (c == '}' && _openBraces > 0))
            ReadBrace(c);
        else
            ReadOperator(c);
    }

    /// <summary>A carriage return alone ends a line only where no other white space stands before it.</summary>
    private void SkipSpaces()
    {
        while (At(_position) != '\n' && char.IsWhiteSpace(At(_position)))
            _position++;
    }

    private void ReadNewLine()
    {
        var start = _position;
        while (_position < _text.Length && char.IsWhiteSpace(At(_position)))
            _position++;
        Add(TokenKind.NewLine, start);
    }

    private void ReadComment()
    {
        var several = At(_position + 1) == '#';
        _position += several ? 2 : 1;
        while (_position < _text.Length && !IsExit(_position))
        {
            if (!several && At(_position) is '\r' or '\n')
                return;
            if (several && At(_position) == '#' && At(_position + 1) == '#')
            {
                _position += 2;
                return;
            }

            _position++;
        }
    }

    private void ReadText(char quote)
    {
        var start = _position++;
        while (At(_position) != quote)
        {
            if (_position >= _text.Length)
                throw new SyntaxException(start, Problems.UnclosedText());
            _position += At(_position) == '\\' ? 2 : 1;
        }

        _position++;
        Add(TokenKind.Text, start);
    }

    private void ReadVerbatimText()
    {
        var start = _position++;
        while (At(_position) != '`' || At(_position + 1) == '`')
        {
            if (_position >= _text.Length)
                throw new SyntaxException(start, Problems.UnclosedText());
            _position += At(_position) == '`' ? 2 : 1;
        }

        _position++;
        Add(TokenKind.VerbatimText, start);
    }

    private void ReadIdentifier()
    {
        var start = _position;
        while (At(_position) == '_' || char.IsLetter(At(_position)) || char.IsDigit(At(_position)))
            _position++;
        Add(TokenKind.Identifier, start);
    }

    private void ReadArgument()
    {
        var start = _position++;
        if (At(_position) is '"' or '\'')
            throw new SyntaxException(start, Problems.Unsupported("$\"…\"", "用加号连接，例如 \"您好，\" + name"));
        while (char.IsAsciiDigit(At(_position)))
            _position++;
        if (_position == start + 1 || _position > start + 3)
            throw new SyntaxException(start, Problems.Unsupported("$", "片段里的参数写成 $1、$2"));
        Add(TokenKind.Argument, start);
    }

    /// <summary>Where Scriban reads a number in a surprising way (<c>0xFFFFFFFF</c>, <c>1e-3</c>, <c>2.</c>, single precision), we ask for another spelling.</summary>
    private void ReadNumber()
    {
        var start = _position;
        if (At(start) == '0' && At(start + 1) is 'x' or 'b')
        {
            ReadBits(start);
            return;
        }

        var kind = TokenKind.Integer;
        ReadDigits(allowUnderscore: true);
        if (At(_position) == '.' && char.IsAsciiDigit(At(_position + 1)))
        {
            kind = TokenKind.Float;
            _position++;
            ReadDigits(allowUnderscore: false);
        }

        if (At(_position) is 'e' or 'E')
        {
            _position++;
            var sign = At(_position);
            if (sign is '+' or '-')
                _position++;
            if (!char.IsAsciiDigit(At(_position)) || (sign == '-' && kind == TokenKind.Integer))
                throw new SyntaxException(start, Problems.BadNumber());
            ReadDigits(allowUnderscore: false);
        }

        if (At(_position) is 'm' or 'M' or 'd' or 'D' && !IsWord(At(_position + 1)))
            kind = _text[_position++] is 'm' or 'M' ? TokenKind.Decimal : TokenKind.Float;
        else if (IsWord(At(_position)) || (At(_position) == '.' && At(_position + 1) != '.'))
            throw new SyntaxException(start, Problems.BadNumber());
        Add(kind, start);
    }

    private void ReadBits(int start)
    {
        _position += 2;
        while (IsWord(At(_position)))
            _position++;
        if (At(_position) == '.' && At(_position + 1) != '.')
            throw new SyntaxException(start, Problems.BadNumber());
        Add(TokenKind.Bits, start);
    }

    private void ReadDigits(bool allowUnderscore)
    {
        while (char.IsAsciiDigit(At(_position)) || (allowUnderscore && At(_position) == '_'))
            _position++;
    }

    private static bool IsWord(char c) => c == '_' || char.IsLetter(c) || char.IsDigit(c);

    private void ReadBrace(char c)
    {
        var start = _position++;
        _openBraces += c == '{' ? 1 : -1;
        Add(c == '{' ? TokenKind.OpenBrace : TokenKind.CloseBrace, start);
    }

    private void ReadOperator(char c)
    {
        var start = _position;
        var (kind, length) = Operators.Match(_text, start);
        if (length == 0)
            throw new SyntaxException(start, Problems.UnexpectedCharacter(c));
        _position += length;
        Add(kind, start);
    }

    private void Add(TokenKind kind, int start) => tokens.Add(new Token(kind, start, _position));

    private char At(int at)
    {
        Steps++;
        return at < _text.Length ? _text[at] : '\0';
    }
}
