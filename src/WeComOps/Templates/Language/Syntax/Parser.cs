namespace WeComOps.Templates.Language.Syntax;

/// <summary>
/// Recursive descent over the tokens: statements here, expressions and literals in the other parts. It stops at the first error.
/// Depth is counted, so nesting ends in an error long before the stack does; every token is read once.
/// </summary>
internal sealed partial class Parser
{
    private readonly SourceText _source;
    private readonly List<Token> _tokens;
    private readonly List<(int Start, int End)> _conditions = [];
    private int _next;
    private int _depth;
    private bool _inCode;
    private int _steps;

    /// <summary>Lists and objects being read: inside of them line breaks are white space.</summary>
    private int _literals;

    /// <summary>The indentation of what follows: set where a code block opens, gone where it closes.</summary>
    private string? _indent;

    private Parser(SourceText source, List<Token> tokens)
    {
        _source = source;
        _tokens = tokens;
    }

    /// <summary>Reads a whole source.</summary>
    /// <exception cref="SyntaxException">The source is not a template of the language.</exception>
    /// <param name="steps">Counts on by the characters and tokens looked at, also where the source is refused.</param>
    public static Block Parse(SourceText source, ref int steps) => Parse(source, ref steps, out _);

    /// <param name="conditions">Where in the source the conditions of <c>? :</c> stand.</param>
    public static Block Parse(SourceText source, ref int steps, out IReadOnlyList<(int Start, int End)> conditions)
    {
        var lexer = new Lexer(source);
        Parser? parser = null;
        try
        {
            parser = new Parser(source, lexer.Read());
            conditions = parser._conditions;
            var block = parser.ParseBlock(inCase: false);
            if (parser.Current.Kind == TokenKind.End)
                return block;
            throw parser.Refuse(Problems.StrayKeyword(parser.Word));
        }
        finally
        {
            steps += lexer.Steps + (parser?._steps ?? 0);
        }
    }

    private Token Current
    {
        get
        {
            _steps++;
            while (_literals > 0 && _tokens[_next].Kind == TokenKind.NewLine)
                _next++;
            return _tokens[_next];
        }
    }

    private Token Following => _tokens[Math.Min(_next + 1, _tokens.Count - 1)];

    private string Word => Current.Kind == TokenKind.Identifier ? TextOf(Current) : string.Empty;

    private string TextOf(Token token) => _source.Text[token.Start..token.End];

    /// <summary>Reads statements up to the end, or up to a word that closes or continues a block; that word is left to the caller.</summary>
    private Block ParseBlock(bool inCase)
    {
        Enter();
        var outer = _indent;
        _indent = null;
        var statements = new List<(Statement, string?)>();
        while (Current.Kind != TokenKind.End && !(_inCode && Word is "end" or "else" or "when"))
        {
            if (ParseStep(inCase) is { } statement)
                statements.Add((statement, _indent));
        }

        _depth--;
        _indent = outer;
        return new Block(statements);
    }

    private Statement? ParseStep(bool inCase)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Raw or TokenKind.Verbatim:
                // Text that is kept as it stands has no indentation, not even that of the block around it.
                _indent = token.Kind == TokenKind.Verbatim ? string.Empty : null;
                _next++;
                return inCase ? null : new RawStatement(token.Start, TextOf(token));
            case TokenKind.Enter:
                _indent = IndentBefore(inCase);
                _inCode = true;
                _next++;
                return null;
            case TokenKind.Exit:
                _indent = null;
                _inCode = false;
                _next++;
                return null;
            case TokenKind.NewLine or TokenKind.Semicolon:
                _next++;
                return null;
            default:
                if (inCase)
                    throw Refuse(Problems.StatementInCase());
                return ParseStatement();
        }
    }

    /// <summary>White space between the last line break and the block, if text stands directly before the block.</summary>
    private string IndentBefore(bool inCase)
    {
        if (inCase || _next == 0 || _tokens[_next - 1].Kind != TokenKind.Raw)
            return string.Empty;
        var end = _tokens[_next - 1].End;
        var start = end;
        while (start > 0 && _source.Text[start - 1] != '\n' && char.IsWhiteSpace(_source.Text[start - 1]))
        {
            _steps++;
            start--;
        }

        return start == 0 || _source.Text[start - 1] == '\n' ? _source.Text[start..end] : string.Empty;
    }

    private Statement ParseStatement()
    {
        // `for.index` is an expression although it begins like a loop.
        if (Word == "for" && Following.Kind == TokenKind.Dot)
            return ParseExpressionStatement();
        switch (Word)
        {
            case "if":
                return ParseIf();
            case "for":
                return ParseFor();
            case "case":
                return ParseCase();
            case "capture":
                return ParseCapture();
            case "break" or "continue":
                var jump = new JumpStatement(Current.Start, Word == "break");
                _next++;
                ExpectEndOfStatement();
                return jump;
            case "elsif" or "elseif" or "elif":
                throw Refuse(Problems.ElseIf(Word));
            case "while" or "func" or "ret" or "import" or "with" or "wrap" or "readonly" or "tablerow" or "do":
                throw Refuse(Problems.Unsupported(Word, "模板只用 if、case、for、capture、include 和赋值"));
            default:
                return ParseExpressionStatement();
        }
    }

    private Statement ParseExpressionStatement()
    {
        var start = Current.Start;
        var left = ParseExpression(allowAssignment: true);
        var compound = Operators.Compound(Current.Kind);
        if (Current.Kind != TokenKind.Assign && compound is null)
        {
            ExpectEndOfStatement();
            return new PrintStatement(left);
        }

        if (left is not NameExpression target)
            throw Refuse(Problems.AssignmentTarget());
        _next++;
        var value = ParseExpression();
        ExpectEndOfStatement();
        return new AssignStatement(start, target.Name, compound, value);
    }

    private void ExpectEndOfStatement()
    {
        if (Current.Kind is TokenKind.NewLine or TokenKind.Semicolon)
            _next++;
        else if (Current.Kind is not (TokenKind.Exit or TokenKind.End))
            throw Refuse(Problems.UnexpectedToken(TextOf(Current)));
    }

    private void ExpectEnd(int opened, string keyword)
    {
        if (Word != "end" || !_inCode)
            throw Current.Kind == TokenKind.End
                ? new SyntaxException(opened, Problems.MissingEnd(keyword))
                : Refuse(Problems.StrayKeyword(Word));
        _next++;
        ExpectEndOfStatement();
    }

    private void Enter()
    {
        if (++_depth > TemplateLimits.Depth)
            throw Refuse(Problems.TooDeep());
    }

    private SyntaxException Refuse(Problem problem) => new(Current.Start, problem);
}
