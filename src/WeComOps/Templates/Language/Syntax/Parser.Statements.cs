namespace WeComOps.Templates.Language.Syntax;

internal sealed partial class Parser
{
    private IfStatement ParseIf()
    {
        var start = Current.Start;
        var branches = new List<Branch>();
        Block? otherwise = null;
        do
        {
            _next++;
            var condition = ParseExpression();
            ExpectEndOfStatement();
            branches.Add(new Branch([condition], ParseBlock(inCase: false)));
            if (Word != "else")
                break;
            _next++;
            if (Word != "if")
                otherwise = ParseElse();
        }
        while (otherwise is null);

        ExpectEnd(start, "if");
        return new IfStatement(start, branches, otherwise);
    }

    private Block ParseElse()
    {
        ExpectEndOfStatement();
        return ParseBlock(inCase: false);
    }

    private CaseStatement ParseCase()
    {
        var start = Current.Start;
        _next++;
        var value = ParseExpression();
        ExpectEndOfStatement();
        var outer = _indent;
        _indent = null;
        if (ParseBlock(inCase: true).Statements.Count != 0 || Word != "when")
            throw Current.Kind == TokenKind.End ? new SyntaxException(start, Problems.MissingEnd("case")) : Refuse(Problems.StatementInCase());
        var indent = WhenIndent(start);
        var branches = new List<Branch>();
        while (Word == "when")
        {
            _next++;
            var tests = ParseTests();
            branches.Add(new Branch(tests, ParseBlock(inCase: false)));
        }

        Block? otherwise = null;
        if (Word == "else")
        {
            _next++;
            otherwise = ParseElse();
        }

        ExpectEnd(start, "case");
        _indent = outer;
        return new CaseStatement(start, value, branches, otherwise, indent);
    }

    /// <summary>Text before the first <c>when</c> is dropped, so a block that opens there has no indentation; in the block of <c>case</c> itself it stays.</summary>
    private string? WhenIndent(int start)
    {
        for (var i = _next; i > 0 && _tokens[i].Start > start; i--)
        {
            _steps++;
            if (_tokens[i].Kind == TokenKind.Enter)
                return string.Empty;
        }

        return null;
    }

    private List<Expression> ParseTests()
    {
        var tests = new List<Expression> { ParseExpression(mode: ExpressionMode.When) };
        while (Current.Kind is TokenKind.Comma or TokenKind.Or)
        {
            _next++;
            tests.Add(ParseExpression(mode: ExpressionMode.When));
        }

        ExpectEndOfStatement();
        return tests;
    }

    private ForStatement ParseFor()
    {
        var start = Current.Start;
        _next++;
        if (ParseExpression(mode: ExpressionMode.Basic) is not NameExpression variable)
            throw new SyntaxException(start, Problems.BadFor());
        if (Word != "in")
            throw Refuse(Problems.BadFor());
        _next++;
        var options = new ForOptions();
        var iterator = ParseExpression(options: options);
        ExpectEndOfStatement();
        var body = ParseBlock(inCase: false);
        Block? otherwise = null;
        if (Word == "else")
        {
            _next++;
            otherwise = ParseElse();
        }

        ExpectEnd(start, "for");
        return new ForStatement(variable.Offset, variable.Name, iterator, options, body, otherwise);
    }

    private void ParseForOptions(ForOptions options)
    {
        while (Current.Kind == TokenKind.Identifier)
        {
            var name = Word;
            var at = Current.Start;
            _next++;
            Expression? value = null;
            if (Current.Kind == TokenKind.Colon)
            {
                _next++;
                value = ParseExpression(mode: ExpressionMode.Basic);
            }

            switch (name, value)
            {
                case ("reversed", null):
                    options.Reversed = true;
                    break;
                case ("limit", not null):
                    options.Limit = value;
                    break;
                case ("offset", not null):
                    options.Offset = value;
                    break;
                default:
                    throw new SyntaxException(at, Problems.ForOption(name));
            }
        }
    }

    private CaptureStatement ParseCapture()
    {
        var start = Current.Start;
        _next++;
        if (ParseExpression() is not NameExpression target)
            throw new SyntaxException(start, Problems.AssignmentTarget());
        ExpectEndOfStatement();
        var body = ParseBlock(inCase: false);
        ExpectEnd(start, "capture");
        return new CaptureStatement(target.Offset, target.Name, body);
    }
}
