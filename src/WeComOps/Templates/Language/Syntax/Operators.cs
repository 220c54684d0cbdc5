namespace WeComOps.Templates.Language.Syntax;

/// <summary>The operators by their spelling, longest first, and how tightly they bind.</summary>
internal static class Operators
{
    private static readonly (string Spelling, TokenKind Kind)[] All =
    [
        ("..<", TokenKind.DotDotLess), ("//=", TokenKind.DoubleSlashAssign),
        ("..", TokenKind.DotDot), ("?.", TokenKind.QuestionDot), ("??", TokenKind.DoubleQuestion), ("||", TokenKind.Or),
        ("&&", TokenKind.And), ("//", TokenKind.DoubleSlash), ("==", TokenKind.Equal), ("!=", TokenKind.NotEqual),
        ("<=", TokenKind.LessEqual), (">=", TokenKind.GreaterEqual), ("+=", TokenKind.PlusAssign), ("-=", TokenKind.MinusAssign),
        ("*=", TokenKind.StarAssign), ("/=", TokenKind.SlashAssign), ("%=", TokenKind.PercentAssign), ("|>", TokenKind.Pipe),
        (";", TokenKind.Semicolon), (".", TokenKind.Dot), (",", TokenKind.Comma), (":", TokenKind.Colon),
        ("?", TokenKind.Question), ("|", TokenKind.Pipe), ("!", TokenKind.Not), ("+", TokenKind.Plus),
        ("-", TokenKind.Minus), ("*", TokenKind.Star), ("/", TokenKind.Slash), ("%", TokenKind.Percent),
        ("<", TokenKind.Less), (">", TokenKind.Greater), ("=", TokenKind.Assign), ("(", TokenKind.OpenParen),
        (")", TokenKind.CloseParen), ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket),
    ];

    /// <summary>Scriban has these too; they are read as what they are so that they are refused by name and never split in two.</summary>
    private static readonly string[] Left = ["++", "--", "...", "?!", "<<", ">>"];

    public static (TokenKind Kind, int Length) Match(string text, int position)
    {
        var rest = text.AsSpan(position);
        foreach (var spelling in Left)
        {
            if (rest.StartsWith(spelling, StringComparison.Ordinal))
                throw new SyntaxException(position, Problems.Unsupported(spelling, "改用加减乘除和赋值，例如 x = x + 1"));
        }

        foreach (var (spelling, kind) in All)
        {
            if (rest.StartsWith(spelling, StringComparison.Ordinal))
                return (kind, spelling.Length);
        }

        return (TokenKind.End, 0);
    }

    /// <summary>How tightly a binary operator binds; 0 if the token is none.</summary>
    public static int Precedence(TokenKind kind) => kind switch
    {
        TokenKind.DoubleQuestion => 20,
        TokenKind.Or => 30,
        TokenKind.And => 40,
        TokenKind.Equal or TokenKind.NotEqual => 70,
        TokenKind.Less or TokenKind.LessEqual or TokenKind.Greater or TokenKind.GreaterEqual => 80,
        TokenKind.Plus or TokenKind.Minus => 100,
        TokenKind.Star or TokenKind.Slash or TokenKind.DoubleSlash or TokenKind.Percent => 110,
        TokenKind.DotDot or TokenKind.DotDotLess => 130,
        _ => 0,
    };

    /// <summary>How tightly a unary operator binds.</summary>
    public const int Unary = 200;

    /// <summary>The operator inside of a compound assignment, or null.</summary>
    public static TokenKind? Compound(TokenKind kind) => kind switch
    {
        TokenKind.PlusAssign => TokenKind.Plus,
        TokenKind.MinusAssign => TokenKind.Minus,
        TokenKind.StarAssign => TokenKind.Star,
        TokenKind.SlashAssign => TokenKind.Slash,
        TokenKind.DoubleSlashAssign => TokenKind.DoubleSlash,
        TokenKind.PercentAssign => TokenKind.Percent,
        _ => null,
    };
}
