namespace WeComOps.Instructions;

/// <summary>What an editor fills in to ask something of advisors.</summary>
/// <param name="Id">Lower-case letters, digits and dashes; issuing the same id twice is refused.</param>
/// <param name="Variables">Values of the template's declared variables.</param>
/// <param name="Advisors">Userids to narrow the branches to; empty: all advisors of the branches.</param>
public sealed record NewInstruction(
    string Id, InstructionKind Kind, string Title, string Template, DateTimeOffset From, DateTimeOffset Deadline, IReadOnlyList<string> Branches,
    IReadOnlyList<string> Advisors, int DailyTarget, string? GroupName, LinkDestination? Destination, IReadOnlyDictionary<string, string> Variables);
