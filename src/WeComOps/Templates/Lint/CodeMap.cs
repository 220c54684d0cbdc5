using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Lint;

/// <summary>One <c>{{ }}</c> of a template.</summary>
/// <param name="First">Where its code begins.</param>
/// <param name="Last">Where its last token ends; equal to <paramref name="First"/> when there is none.</param>
/// <param name="OpensBranch">Its first word is <c>end</c>, <c>else</c> or <c>when</c>: nothing can be put before it.</param>
/// <param name="AwaitsWhen">It ends with a <c>case</c>: nothing can be put behind it.</param>
/// <param name="Prints">It is one expression and prints it.</param>
/// <param name="Expression">The code, when it prints.</param>
/// <param name="Texts">The stretches of text that follow it, up to the next block.</param>
internal sealed record CodeBlock(
    int First, int Last, bool OpensBranch, bool AwaitsWhen, bool Prints, string Expression, List<(int Start, int End)> Texts);

/// <summary>The blocks, texts and branches of a template, found by its tokens.</summary>
internal sealed class CodeMap
{
    private static readonly string[] Keywords = ["if", "else", "end", "for", "case", "when", "capture", "break", "continue", "include"];
    private readonly string _body;
    private readonly List<Token> _tokens;
    private readonly IReadOnlySet<string> _tried;
    private readonly Dictionary<string, Decision> _decisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Decision> _answered = new(StringComparer.Ordinal);
    private readonly List<(int Start, int End)> _asked = [];
    private readonly Stack<Opened> _open = new();

    /// <param name="tried">Names whose values are all tried: conditions about nothing else need no forcing.</param>
    public CodeMap(string body, IReadOnlySet<string> tried)
    {
        _body = body;
        _tried = tried;
        _tokens = new Lexer(new SourceText(body)).Read();
        ReadBlocks();
        ReadDecisions();
        ReadChoices();
    }

    /// <summary>The text before the first block.</summary>
    public List<(int Start, int End)> Opening { get; } = [];

    public List<CodeBlock> Blocks { get; } = [];

    public IReadOnlyList<Decision> Decisions => [.. _decisions.Values];

    /// <summary>Decisions about nothing but names whose every value is tried.</summary>
    public IReadOnlyList<Decision> Answered => [.. _answered.Values];

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
            return new CodeBlock(_tokens[enter].End, _tokens[enter].End, OpensBranch: false, AwaitsWhen: false, Prints: false, string.Empty, texts);
        }

        var statement = _tokens.FindLastIndex(exit, exit - enter + 1, token => token.Kind is TokenKind.Enter or TokenKind.Semicolon or TokenKind.NewLine && token.End < code[^1].End) + 1;
        var word = Word(code[0]);
        var prints = !Keywords.Contains(word, StringComparer.Ordinal) && !code.Any(token => token.Kind is TokenKind.Semicolon or >= TokenKind.Assign and <= TokenKind.PercentAssign);
        return new CodeBlock(
            code[0].Start, code[^1].End, word is "end" or "else" or "when", Word(_tokens[statement]) == "case", prints,
            prints ? _body[code[0].Start..code[^1].End] : string.Empty, texts);
    }

    private void ReadDecisions()
    {
        for (var i = 1; i < _tokens.Count; i++)
        {
            var follows = _tokens[i - 1].Kind is TokenKind.Enter or TokenKind.NewLine or TokenKind.Semicolon;
            switch (Word(_tokens[i]))
            {
                case "if" when follows:
                    _open.Push(new Opened(IsChoice: true, null, [[ConditionAfter(i)]]));
                    break;
                case "if" when Word(_tokens[i - 1]) == "else" && _open.TryPeek(out var chain):
                    chain.Tests.Add([ConditionAfter(i)]);
                    break;
                case "case" when follows:
                    _open.Push(new Opened(IsChoice: true, ConditionAfter(i), []));
                    break;
                case "when" when follows && _open.TryPeek(out var choice):
                    choice.Tests.Add([ConditionAfter(i)]);
                    break;
                case "for" when follows && _tokens[i + 1].Kind != TokenKind.Dot:
                case "capture" when follows:
                    _open.Push(new Opened(IsChoice: false, null, []));
                    break;
                case "end" when follows && _open.TryPop(out var closed):
                    Keep(closed);
                    break;
                default:
                    break;
            }
        }
    }

    private void Keep(Opened closed)
    {
        var parts = closed.Tests.SelectMany(test => test).ToList();
        if (closed.Subject is { } asked)
        {
            parts.Add(asked);
        }

        if (!closed.IsChoice || parts.Exists(part => part.Start == part.End))
        {
            return;
        }

        _asked.AddRange(parts);
        var decisions = parts.TrueForAll(IsTried) ? _answered : _decisions;
        var signature = string.Join('\u001f', parts.Select(TextOf));
        if (decisions.TryGetValue(signature, out var known))
        {
            decisions[signature] = known with { Tests = [.. known.Tests.Zip(closed.Tests, (first, second) => (IReadOnlyList<(int, int)>)[.. first, .. second])] };
        }
        else
        {
            decisions[signature] = new Decision(signature, [.. closed.Tests], closed.Subject);
        }
    }

    /// <summary>A condition before <c>?</c> is a decision like an <c>if</c>; inside of another condition it is a part of that one.</summary>
    private void ReadChoices()
    {
        foreach (var condition in Parser.ConditionsOf(new SourceText(_body), _tokens))
        {
            if (!_asked.Exists(part => part.Start <= condition.Start && condition.End <= part.End))
            {
                Keep(new Opened(IsChoice: true, null, [[condition]]));
            }
        }
    }

    /// <summary>Whether a condition is about nothing but names whose every value is tried.</summary>
    private bool IsTried((int Start, int End) part) => NamesIn(part).All(word => word is "true" or "false" || _tried.Contains(word));

    private (int Start, int End) ConditionAfter(int keyword)
    {
        var last = keyword + 1;
        while (_tokens[last].Kind is not (TokenKind.NewLine or TokenKind.Semicolon or TokenKind.Exit or TokenKind.End))
        {
            last++;
        }

        return last == keyword + 1 ? (0, 0) : (_tokens[keyword + 1].Start, _tokens[last - 1].End);
    }

    private string Word(Token token) => token.Kind == TokenKind.Identifier ? _body[token.Start..token.End] : string.Empty;

    private sealed record Opened(bool IsChoice, (int Start, int End)? Subject, List<IReadOnlyList<(int Start, int End)>> Tests);
}
