using WeComOps.Ledger;

namespace WeComOps.Console.Progress;

/// <summary>How far an instruction is and what it brought, counted from facts.</summary>
internal sealed class InstructionProgress
{
    /// <summary>Given and done per advisor; a friend-request day counts as far as its target was met.</summary>
    public Dictionary<string, (string? Branch, decimal Given, decimal Done)> Advisors { get; } = new(StringComparer.Ordinal);

    /// <summary>Days or tasks whose statistics have not arrived, or whose deadline is ahead.</summary>
    public int Waiting { get; set; }

    /// <summary>Actions: publications, posts, groups, or requests sent.</summary>
    public decimal Actions { get; set; }

    /// <summary>What customers did, by name of the outcome.</summary>
    public Dictionary<string, decimal> Outcomes { get; } = new(StringComparer.Ordinal);

    public long Reached { get; set; }

    public long Lost { get; set; }

    public decimal Given => Advisors.Values.Sum(advisor => advisor.Given);

    public decimal Done => Advisors.Values.Sum(advisor => advisor.Done);

    public void Count(Fact assignment, decimal done)
    {
        var known = Advisors.GetValueOrDefault(assignment.Advisor!);
        Advisors[assignment.Advisor!] = (assignment.Branch, known.Given + 1, known.Done + done);
    }

    public void Outcome(string name, decimal amount = 1) => Outcomes[name] = Outcomes.GetValueOrDefault(name) + amount;

    /// <summary>Names of the outcomes, in the order they are shown.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["新增好友", "高价值评论", "投资类提问", "其他提问", "打开链接", "扫码入群", "线上成交（净）"];
}
