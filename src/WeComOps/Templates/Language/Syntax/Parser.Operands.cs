using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using WeComOps.Templates.Language.Runtime;

namespace WeComOps.Templates.Language.Syntax;

internal sealed partial class Parser
{
    /// <summary>Words that begin or end something: a reader of the code, person or tool, must not take a member for one.</summary>
    private static readonly FrozenSet<string> Keywords =
        new[] { "if", "else", "end", "for", "case", "when", "capture", "break", "continue", "include" }.ToFrozenSet(StringComparer.Ordinal);

    private Expression ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Not or TokenKind.Minus or TokenKind.Plus:
                _next++;
                return Bounded(new UnaryExpression(token.Start, token.Kind, ParseExpression(Operators.Unary)));
            case TokenKind.OpenParen:
                _next++;
                var inner = ParseExpression();
                Expect(TokenKind.CloseParen, ")");
                return Bounded(new GroupExpression(token.Start, inner));
            case TokenKind.OpenBracket:
                return ParseList();
            case TokenKind.OpenBrace:
                return ParseObject();
            case TokenKind.Identifier:
                _next++;
                return ReadName(token);
            case TokenKind.Argument:
                _next++;
                return new ArgumentExpression(token.Start, int.Parse(TextOf(token).AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture));
            default:
                if (ReadConstant(token) is not { } value)
                    throw Refuse(token.Kind == TokenKind.End ? Problems.MissingClose() : Problems.UnexpectedToken(TextOf(token)));
                _next++;
                return new ConstantExpression(token.Start, value);
        }
    }

    private Expression ReadName(Token token)
    {
        var name = TextOf(token);
        return name switch
        {
            "null" => new ConstantExpression(token.Start, Value.Null),
            "true" => new ConstantExpression(token.Start, Value.True),
            "false" => new ConstantExpression(token.Start, Value.False),
            "and" or "or" or "not" => throw new SyntaxException(token.Start, Problems.WordOperator(name)),
            "this" or "do" or "empty" or "blank" => throw new SyntaxException(token.Start, Problems.Unsupported(name, "空列表用 .size == 0 判断，空文字用 == \"\" 判断")),
            _ => new NameExpression(token.Start, name),
        };
    }

    /// <summary>A dot and a name, or an index directly behind something that has members.</summary>
    private bool ParsePostfix(ref Expression left)
    {
        if (Current.Kind is TokenKind.Dot or TokenKind.QuestionDot)
        {
            var nullSafe = Current.Kind == TokenKind.QuestionDot || left is MemberExpression { NullSafe: true };
            _next++;
            if (Current.Kind != TokenKind.Identifier)
                throw Refuse(Problems.Expected("."));
            if (Word is "empty" or "blank" && Following.Kind == TokenKind.Question)
            {
                left = Bounded(new EmptyExpression(Current.Start, left));
                _next += 2;
                return true;
            }

            left = Bounded(new MemberExpression(Current.Start, left, TextOf(Current), nullSafe));
            _next++;
            return true;
        }

        if (Current.Kind != TokenKind.OpenBracket || SpaceBefore() || left is ListExpression or ObjectExpression or UnaryExpression or BinaryExpression or EmptyExpression)
            return false;
        var at = Current.Start;
        _next++;
        var index = ParseExpression();
        Expect(TokenKind.CloseBracket, "]");
        left = Bounded(new IndexExpression(at, left, index));
        return true;
    }

    private ListExpression ParseList()
    {
        var start = Current.Start;
        var items = new List<Expression>();
        _literals++;
        do
        {
            _next++;
            if (Current.Kind == TokenKind.CloseBracket)
                break;
            items.Add(ParseExpression());
        }
        while (Current.Kind == TokenKind.Comma);

        EndLiteral(TokenKind.CloseBracket, "]");
        return Bounded(new ListExpression(start, items));
    }

    /// <summary>Members by name. A comma may stand behind the last one.</summary>
    private ObjectExpression ParseObject()
    {
        var start = Current.Start;
        var members = new List<Argument>();
        _literals++;
        do
        {
            _next++;
            if (Current.Kind == TokenKind.CloseBrace)
                break;
            members.Add(ParseObjectMember());
        }
        while (Current.Kind == TokenKind.Comma);

        EndLiteral(TokenKind.CloseBrace, "}");
        return Bounded(new ObjectExpression(start, members));
    }

    /// <summary>A line break behind the closing bracket is one again.</summary>
    private void EndLiteral(TokenKind kind, string spelling)
    {
        if (Current.Kind != kind)
            throw Refuse(Problems.Expected(spelling));
        _literals--;
        _next++;
    }

    private Argument ParseObjectMember()
    {
        var token = Current;
        var name = token.Kind switch
        {
            TokenKind.Identifier when ReadName(token) is NameExpression simple && !Keywords.Contains(simple.Name) => simple.Name,
            TokenKind.Text => ReadConstant(token)!.Value.Text,
            _ => throw Refuse(Problems.MemberName()),
        };
        _next++;
        Expect(TokenKind.Colon, ":");
        return new Argument(name, token.Start, ParseExpression());
    }

    private Value? ReadConstant(Token token) => token.Kind switch
    {
        TokenKind.Text => Value.From(Unescape(token)),
        TokenKind.VerbatimText => Value.From(_source.Text[(token.Start + 1)..(token.End - 1)].Replace("``", "`", StringComparison.Ordinal)),
        TokenKind.Integer => ReadInteger(token),
        TokenKind.Bits => ReadBits(token),
        TokenKind.Float => ReadFloat(token),
        TokenKind.Decimal => decimal.TryParse(
            _source.Text.AsSpan(token.Start, token.End - token.Start - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Value.From(number)
            : throw new SyntaxException(token.Start, Problems.BadNumber()),
        _ => null,
    };

    private Value ReadInteger(Token token) => long.TryParse(
        TextOf(token).Replace("_", string.Empty, StringComparison.Ordinal),
        NumberStyles.Integer | NumberStyles.AllowExponent,
        CultureInfo.InvariantCulture,
        out var number)
        ? Value.From(number)
        : throw new SyntaxException(token.Start, Problems.BadNumber());

    /// <summary>A number with the highest of 32 bits set would be negative.</summary>
    private Value ReadBits(Token token)
    {
        var text = TextOf(token);
        var style = text[1] == 'x' ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowBinarySpecifier;
        return int.TryParse(text.AsSpan(2), style, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? Value.From((long)number)
            : throw new SyntaxException(token.Start, Problems.BadNumber());
    }

    private Value ReadFloat(Token token)
    {
        var text = TextOf(token);
        if (text[^1] is 'd' or 'D')
            text = text[..^1];
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Value.From(number)
            : throw new SyntaxException(token.Start, Problems.BadNumber());
    }

    private string Unescape(Token token)
    {
        var text = _source.Text.AsSpan(token.Start + 1, token.End - token.Start - 2);
        if (!text.Contains('\\'))
            return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i = AppendEscape(result, text, i + 1, token.Start + 1);
            else
                result.Append(text[i]);
        }

        return result.ToString();
    }

    /// <summary>Appends what stands behind the backslash and returns the position of its last character.</summary>
    private static int AppendEscape(StringBuilder result, ReadOnlySpan<char> text, int at, int start)
    {
        switch (text[at])
        {
            case '\n':
                return at;
            case '\r' when at + 1 < text.Length && text[at + 1] == '\n':
                return at + 1;
            case 'u':
                return AppendHex(result, text, at, 4, start);
            case 'x':
                return AppendHex(result, text, at, 2, start);
        }

        const string Letters = "'\"\\bfnrtv";
        var index = Letters.IndexOf(text[at], StringComparison.Ordinal);
        if (index < 0)
            throw new SyntaxException(start + at - 1, Problems.BadEscape());
        result.Append("'\"\\\b\f\n\r\t\v"[index]);
        return at;
    }

    private static int AppendHex(StringBuilder result, ReadOnlySpan<char> text, int at, int digits, int start)
    {
        if (at + digits >= text.Length
            || !ushort.TryParse(text.Slice(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code == 0 || char.IsSurrogate((char)code))
        {
            throw new SyntaxException(start + at - 1, Problems.BadEscape());
        }

        result.Append((char)code);
        return at + digits;
    }
}
