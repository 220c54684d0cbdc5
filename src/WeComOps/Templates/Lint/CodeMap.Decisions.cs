using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Lint;

/// <summary>The places where a template goes one of several ways.</summary>
internal sealed partial class CodeMap
{
    private readonly Dictionary<string, Decision> _decisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Decision> _answered = new(StringComparer.Ordinal);

    /// <summary>Stretches that forcing a decision replaces: nothing inside of them can be forced apart.</summary>
    private readonly List<(int Start, int End)> _replaced = [];
    private readonly Stack<Opened> _open = new();

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

    /// <summary>A <c>? :</c> is an <c>if</c> in one line. One inside of a condition has no text of its own.</summary>
    private void ReadConditions()
    {
        var steps = 0;
        Parser.Parse(new SourceText(_body), ref steps, out var conditions);
        foreach (var condition in conditions.OrderBy(condition => condition.Start).ThenByDescending(condition => condition.End))
        {
            if (!_replaced.Exists(outer => outer.Start <= condition.Start && condition.End <= outer.End))
            {
                Keep(new Opened(IsChoice: true, null, [[condition]]));
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

        var decisions = _answered;
        if (!parts.TrueForAll(IsTried))
        {
            decisions = _decisions;
            _replaced.AddRange(parts);
        }

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

    /// <summary>Whether a condition is about nothing but names whose every value is tried.</summary>
    private bool IsTried((int Start, int End) part) => NamesIn(part).All(word => word is "true" or "false" || _tried.Contains(word));

    private (int Start, int End) ConditionAfter(int keyword)
    {
        var last = keyword + 1;
        var literals = 0;
        while (_tokens[last].Kind is not (TokenKind.Semicolon or TokenKind.Exit or TokenKind.End) && (literals > 0 || _tokens[last].Kind != TokenKind.NewLine))
        {
            literals += _tokens[last].Kind switch
            {
                TokenKind.OpenBracket or TokenKind.OpenBrace => 1,
                TokenKind.CloseBracket or TokenKind.CloseBrace => -1,
                _ => 0,
            };
            last++;
        }

        return last == keyword + 1 ? (0, 0) : (_tokens[keyword + 1].Start, _tokens[last - 1].End);
    }

    private sealed record Opened(bool IsChoice, (int Start, int End)? Subject, List<IReadOnlyList<(int Start, int End)>> Tests);
}
