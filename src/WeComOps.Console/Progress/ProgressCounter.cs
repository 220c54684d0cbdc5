using WeComOps.Instructions;
using WeComOps.Ledger;

namespace WeComOps.Console.Progress;

/// <summary>The pure part: facts in, progress per instruction out.</summary>
internal sealed class ProgressCounter(IReadOnlySet<string> investmentTopics, IReadOnlySet<string> valuableTiers)
{
    private const int CreditDays = 7;
    private readonly List<Fact> _given = [];
    private readonly HashSet<FactRef> _excused = [];
    private readonly Dictionary<(string Advisor, DateOnly Day), (long Sent, ContentRef? Content)> _requests = [];
    private readonly Dictionary<(string Action, string Instruction, string Advisor), DateTimeOffset> _done = [];
    private readonly List<(string Advisor, DateOnly Day)> _friends = [];
    private readonly Dictionary<string, InstructionProgress> _progress = new(StringComparer.Ordinal);

    public void Add(Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKind.AssignmentGiven when fact.Content?.Instruction is not null:
                _given.Add(fact);
                break;
            case FactKind.AssignmentExcused when fact.Corrects is { } excused:
                _excused.Add(excused);
                break;
            case FactKind.RequestsSent:
                _requests.TryGetValue((fact.Advisor!, fact.Day), out var known);
                _requests[(fact.Advisor!, fact.Day)] = (known.Sent + fact.Quantity, known.Content ?? fact.Content);
                Of(fact)?.Actions += fact.Quantity;
                break;
            case FactKind.FriendAdded when fact.Class == FactClass.ByAdvisor:
                _friends.Add((fact.Advisor!, fact.Day));
                break;
            case FactKind.MomentPublished:
                Done(ActionKind.Moments, fact);
                break;
            case FactKind.GroupPostSent:
                Done(ActionKind.GroupPosts, fact);
                break;
            case FactKind.GroupCreated:
                Done(ActionKind.GroupBuilding, fact);
                break;
            default:
                React(fact);
                break;
        }
    }

    public IReadOnlyDictionary<string, InstructionProgress> Finish()
    {
        foreach (var given in _given.Where(fact => !_excused.Contains(fact.Ref)))
        {
            var progress = Of(given)!;
            if (given.Class == ActionKind.FriendRequests)
            {
                if (_requests.TryGetValue((given.Advisor!, given.Day), out var sent))
                {
                    progress.Count(given, given.Quantity == 0 ? 0 : Math.Min(1m, (decimal)sent.Sent / given.Quantity));
                }
                else
                {
                    progress.Waiting++;
                }
            }
            else
            {
                progress.Count(given, _done.TryGetValue((given.Class!, given.Content!.Instruction!, given.Advisor!), out var at) && at <= given.DueAt ? 1 : 0);
            }
        }

        foreach (var (advisor, day) in _friends)
        {
            CopyBefore(advisor, day)?.Outcome("新增好友");
        }

        return _progress;
    }

    private void React(Fact fact)
    {
        if (Of(fact) is not { } progress)
        {
            return;
        }

        switch (fact.Kind)
        {
            case FactKind.MomentCommented when fact.Tier is { } tier && valuableTiers.Contains(tier):
                progress.Outcome("高价值评论");
                break;
            case FactKind.QuestionAsked:
                progress.Outcome(investmentTopics.Contains(fact.Topic!) ? "投资类提问" : "其他提问");
                break;
            case FactKind.LinkClicked when fact.Class == FactClass.Human:
                progress.Outcome("打开链接");
                break;
            case FactKind.GroupJoined when fact.Class == FactClass.ByJoinCode:
                progress.Outcome("扫码入群");
                break;
            case FactKind.SaleMade when fact.Class == FactClass.Online:
                progress.Outcome("线上成交（净）");
                break;
            case FactKind.SaleCancelled when fact.Class == FactClass.Online:
                progress.Outcome("线上成交（净）", -1);
                break;
            case FactKind.CustomersReached:
                progress.Reached += fact.Quantity;
                break;
            case FactKind.FriendLost:
                progress.Lost++;
                break;
            default:
                break;
        }
    }

    /// <summary>The copy in force on the advisor's latest sending day, as the scorecard credits it.</summary>
    private InstructionProgress? CopyBefore(string advisor, DateOnly day)
    {
        for (var back = 0; back <= CreditDays; back++)
        {
            if (_requests.TryGetValue((advisor, day.AddDays(-back)), out var known) && known.Sent > 0)
            {
                return known.Content?.Instruction is { } instruction ? Of(instruction) : null;
            }
        }

        return null;
    }

    private void Done(string action, Fact fact)
    {
        if (fact is { Content.Instruction: { } instruction, Advisor: { } advisor })
        {
            Of(instruction).Actions++;
            if (!_done.TryGetValue((action, instruction, advisor), out var earliest) || fact.OccurredAt < earliest)
            {
                _done[(action, instruction, advisor)] = fact.OccurredAt;
            }
        }
    }

    private InstructionProgress? Of(Fact fact) => fact.Content?.Instruction is { } instruction ? Of(instruction) : null;

    private InstructionProgress Of(string instruction)
    {
        if (!_progress.TryGetValue(instruction, out var progress))
        {
            _progress[instruction] = progress = new InstructionProgress();
        }

        return progress;
    }
}
