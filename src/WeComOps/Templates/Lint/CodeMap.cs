using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Lint;

/// <summary>One <c>{{ }}</c> of a template.</summary>
/// <param name="First">Where its code begins.</param>
/// <param name="Last">Where its last token ends; equal to <paramref name="First"/> when there is none.</param>
/// <param name="OpensBranch">Its first word is <c>end</c>, <c>else</c> or <c>when</c>: nothing can be put before it.</param>
/// <param name="AwaitsWhen">It ends with a <c>case</c>: nothing can be put behind it.</param>
/// <param name="Prints">It is one expression and prints it.</param>
/// <param name="Expression">The code, when it prints.</param>
/// <param name="Snippet">The snippet that it includes, when that is all it does.</param>
/// <param name="Texts">The stretches of text that follow it, up to the next block.</param>
internal sealed record CodeBlock(
    int First, int Last, bool OpensBranch, bool AwaitsWhen, bool Prints, string Expression, string? Snippet, List<(int Start, int End)> Texts);

/// <summary>The blocks, texts and branches of a template, found by its tokens.</summary>
internal sealed partial class CodeMap
{
    private static readonly string[] Keywords = ["if", "else", "end", "for", "case", "when", "capture", "break", "continue", "include"];
    private readonly string _body;
    private readonly List<Token> _tokens;
    private readonly IReadOnlySet<string> _tried;

    /// <param name="tried">Names whose values are all tried: conditions about nothing else need no forcing.</param>
    public CodeMap(string body, IReadOnlySet<string> tried)
    {
        _body = body;
        _tried = tried;
        _tokens = new Lexer(new SourceText(body)).Read();
        ReadBlocks();
        ReadDecisions();
        ReadConditions();
    }

    /// <summary>The text before the first block.</summary>
    public List<(int Start, int End)> Opening { get; } = [];

    public List<CodeBlock> Blocks { get; } = [];

    public IReadOnlyList<Decision> Decisions => [.. _decisions.Values];

    /// <summary>Decisions about nothing but names whose every value is tried.</summary>
    public IReadOnlyList<Decision> Answered => [.. _answered.Values];

    /// <summary>Whether every snippet is printed as it is, and none is cut or counted.</summary>
    public bool PrintsSnippetsWhole => _tokens.Count(token => Word(token) == "include") == Blocks.Count(block => block.Snippet is not null);

    /// <summary>The plain names in a condition.</summary>
    public IEnumerable<string> NamesIn((int Start, int End) part) => _tokens
        .Where(token => token.Kind == TokenKind.Identifier && token.Start >= part.Start && token.End <= part.End).Select(Word);

    public string TextOf((int Start, int End) part) => _body[part.Start..part.End].Trim();

    private void ReadBlocks()
    {
        var texts = Opening;
        for (var i = 0; i < _tokens.Count; i++)
        {
            switch (_tokens[i].Kind)
            {
                case TokenKind.Raw or TokenKind.Verbatim:
                    texts.Add((_tokens[i].Start, _tokens[i].End));
                    break;
                case TokenKind.Enter:
                    var exit = _tokens.FindIndex(i, token => token.Kind == TokenKind.Exit);
                    texts = [];
                    Blocks.Add(BlockOf(i, exit, texts));
                    i = exit;
                    break;
                default:
                    break;
            }
        }
    }

    private CodeBlock BlockOf(int enter, int exit, List<(int Start, int End)> texts)
    {
        var code = _tokens[(enter + 1)..exit].Where(token => token.Kind != TokenKind.NewLine).ToArray();
        if (code.Length == 0)
        {
            return new CodeBlock(_tokens[enter].End, _tokens[enter].End, OpensBranch: false, AwaitsWhen: false, Prints: false, string.Empty, null, texts);
        }

        var statement = _tokens.FindLastIndex(exit, exit - enter + 1, token => token.Kind is TokenKind.Enter or TokenKind.Semicolon or TokenKind.NewLine && token.End < code[^1].End) + 1;
        var word = Word(code[0]);
        var prints = !Keywords.Contains(word, StringComparer.Ordinal) && !code.Any(token => token.Kind is TokenKind.Semicolon or >= TokenKind.Assign and <= TokenKind.PercentAssign);
        return new CodeBlock(
            code[0].Start, code[^1].End, word is "end" or "else" or "when", Word(_tokens[statement]) == "case", prints,
            prints ? _body[code[0].Start..code[^1].End] : string.Empty,
            word == "include" && code is [_, { Kind: TokenKind.Text or TokenKind.VerbatimText } name] ? _body[name.Start..name.End].Trim('"', '\'', '`') : null, texts);
    }

    private string Word(Token token) => token.Kind == TokenKind.Identifier ? _body[token.Start..token.End] : string.Empty;
}
