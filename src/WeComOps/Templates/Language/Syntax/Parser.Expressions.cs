namespace WeComOps.Templates.Language.Syntax;

internal sealed partial class Parser
{
    /// <summary>
    /// Reads an expression. What follows an operand decides: an operator binds by precedence, another operand makes the first one a function.
    /// </summary>
    private Expression ParseExpression(
        int precedence = 0,
        bool isArgument = false,
        ExpressionMode mode = ExpressionMode.Default,
        ForOptions? options = null,
        bool isPipeTarget = false,
        bool allowAssignment = false)
    {
        // The right side of an operator binds more tightly than the left, so only brackets, signs and branches can nest without end.
        var nests = precedence is 0 or Operators.Unary;
        if (nests)
            Enter();
        var start = Current.Start;
        var operands = new List<Argument>();
        var more = true;
        while (more)
        {
            var left = ParseOperators(ParsePrimary(), precedence, isArgument, operands.Count > 0, mode);
            operands.Add(new Argument(null, left.Offset, left));
            if (mode == ExpressionMode.Basic)
                break;
            RefuseMisplaced(mode, allowAssignment && operands.Count == 1);
            if (precedence == 0 && Current.Kind == TokenKind.Question)
            {
                _conditions.Add((start, _tokens[_next - 1].End));
                var conditional = ParseConditional(Close(operands));
                Leave(nests);
                return conditional;
            }

            more = Operators.Precedence(Current.Kind) == 0 && StartsOperand(Current.Kind) && !isArgument && ParseFollowing(operands, options);
        }

        var result = Close(operands);
        if (precedence == 0 && mode != ExpressionMode.Basic && !isPipeTarget)
            result = ParsePipes(result);
        Leave(nests);
        return result;
    }

    private void Leave(bool nests)
    {
        if (nests)
            _depth--;
    }

    /// <summary>One operand is itself; the first of several is the function that the others go to.</summary>
    private Expression Close(List<Argument> operands)
    {
        var first = operands[0].Value;
        return operands.Count == 1 ? first : Bounded(new CallExpression(first.Offset, first, operands[1..]));
    }

    /// <summary>Options of a loop or named arguments follow, or the next operand. True: read that operand.</summary>
    private bool ParseFollowing(List<Argument> operands, ForOptions? options)
    {
        if (options is not null && Current.Kind == TokenKind.Identifier)
        {
            if (operands.Count > 1)
                throw Refuse(Problems.LoopOverCall());
            ParseForOptions(options);
            return false;
        }

        while (Current.Kind == TokenKind.Identifier && Following.Kind == TokenKind.Colon)
        {
            var name = Current;
            _next += 2;
            operands.Add(new Argument(TextOf(name), name.Start, ParseExpression(mode: ExpressionMode.Basic)));
        }

        return StartsOperand(Current.Kind);
    }

    /// <summary>Members, indexers, calls with brackets and binary operators that bind to an operand.</summary>
    private Expression ParseOperators(Expression left, int precedence, bool isArgument, bool inCall, ExpressionMode mode)
    {
        while (true)
        {
            if (ParsePostfix(ref left))
                continue;
            if (mode == ExpressionMode.Basic)
                return left;
            var operation = Current;
            if (operation.Kind == TokenKind.OpenParen && !SpaceBefore() && !isArgument)
            {
                left = ParseExplicitCall(left);
                continue;
            }

            var tightness = Operators.Precedence(operation.Kind);
            if (tightness <= precedence || (mode == ExpressionMode.When && operation.Kind == TokenKind.Or))
                return left;
            _next++;
            var inner = mode == ExpressionMode.Conditional ? mode : ExpressionMode.Default;
            var right = ParseExpression(tightness, isArgument || inCall, inner);
            left = Bounded(new BinaryExpression(operation.Start, operation.Kind, left, right));
        }
    }

    private void RefuseMisplaced(ExpressionMode mode, bool allowAssignment)
    {
        if (Current.Kind == TokenKind.Colon && mode != ExpressionMode.Conditional)
            throw Refuse(Problems.UnexpectedToken(":"));
        if (!allowAssignment && (Current.Kind == TokenKind.Assign || Operators.Compound(Current.Kind) is not null))
            throw Refuse(Problems.AssignmentInside());
    }

    private CallExpression ParseExplicitCall(Expression target)
    {
        var arguments = new List<Argument>();
        _next++;
        while (Current.Kind != TokenKind.CloseParen)
        {
            if (arguments.Count > 0)
                Expect(TokenKind.Comma, ",");
            var value = ParseExpression();
            arguments.Add(new Argument(null, value.Offset, value));
        }

        _next++;
        return Bounded(new CallExpression(target.Offset, target, arguments));
    }

    private ConditionalExpression ParseConditional(Expression condition)
    {
        var at = Current.Start;
        _next++;
        var then = ParseExpression(mode: ExpressionMode.Conditional);
        Expect(TokenKind.Colon, ":");
        var otherwise = ParseExpression(mode: ExpressionMode.Conditional);
        return Bounded(new ConditionalExpression(at, condition, then, otherwise));
    }

    /// <summary>A pipe may be followed by a line break; the chain is read in a loop, so its length costs no depth.</summary>
    private Expression ParsePipes(Expression left)
    {
        while (Current.Kind == TokenKind.Pipe)
        {
            var at = Current.Start;
            _next++;
            while (Current.Kind == TokenKind.NewLine)
                _next++;
            if (!StartsOperand(Current.Kind))
                throw Refuse(Problems.PipeTarget());
            left = Bounded(new PipeExpression(at, left, ParseExpression(isPipeTarget: true)));
        }

        return left;
    }

    private T Bounded<T>(T expression)
        where T : Expression =>
        expression.Height <= TemplateLimits.ExpressionHeight ? expression : throw new SyntaxException(expression.Offset, Problems.TooDeep());

    private void Expect(TokenKind kind, string spelling)
    {
        if (Current.Kind != kind)
            throw Refuse(Problems.Expected(spelling));
        _next++;
    }

    private bool SpaceBefore() => Current.Start > 0 && char.IsWhiteSpace(_source.Text[Current.Start - 1]);

    private static bool StartsOperand(TokenKind kind) => kind is TokenKind.Not or TokenKind.Minus or TokenKind.Plus
        or TokenKind.Identifier or TokenKind.Argument or TokenKind.Integer or TokenKind.Bits or TokenKind.Float or TokenKind.Decimal
        or TokenKind.Text or TokenKind.VerbatimText or TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace;
}
