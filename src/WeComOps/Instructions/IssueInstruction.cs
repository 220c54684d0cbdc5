using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Instructions;

/// <summary>Why nothing was issued.</summary>
/// <param name="Message">What is wrong and what to do, for the screen.</param>
/// <param name="Changed">Nothing is wrong, but what would leave is not what was read.</param>
public sealed record IssueRefusal(string Message, bool Changed);

/// <summary>
/// Issues an instruction: assignments for every advisor concerned and, where WeCom carries the content, the slices to push.
/// All of it is one transaction; nothing is called here.
/// </summary>
public sealed class IssueInstruction
{
    private readonly PrepareInstruction _prepare;
    private readonly IChangeStore _changes;
    private readonly IEntropy _entropy;
    private readonly TimeProvider _clock;

    internal IssueInstruction(PrepareInstruction prepare, IChangeStore changes, IEntropy entropy, TimeProvider clock) =>
        (_prepare, _changes, _entropy, _clock) = (prepare, changes, entropy, clock);

    /// <summary>Issues what the template, the figures and the pictures make of it now. Null when issued; else what is wrong and what to do.</summary>
    public async Task<string?> IssueAsync(NewInstruction request, string issuedBy, CancellationToken cancellationToken) =>
        (await IssueAsync(request, issuedBy, read: null, cancellationToken))?.Message;

    /// <summary>Null when issued.</summary>
    /// <param name="read">Digest of what the person read (<see cref="InstructionPreflight.Digest"/>): anything else is not issued. Null: whatever it is.</param>
    public async Task<IssueRefusal?> IssueAsync(NewInstruction request, string issuedBy, string? read, CancellationToken cancellationToken)
    {
        var now = _clock.GetNow();
        var (prepared, refusal) = await _prepare.PrepareAsync(request, issuedBy, () => _entropy.NewToken(), now, cancellationToken);
        if (prepared is null)
        {
            return new IssueRefusal(refusal!, Changed: false);
        }

        if (read is not null && read != prepared.Digest)
        {
            return new IssueRefusal("要发出的内容和您看过的不一样了，请再看一遍。", Changed: true);
        }

        var instruction = prepared.Instruction;
        var issued = prepared.Plan.Changes;
        issued.Instructions.Add(instruction);
        issued.Sources.Add(new RawSource("console:instruction:" + instruction.Id, "console", now, InstructionJson.Write(request, instruction.Market, issuedBy)));
        issued.Audit.Add(new AuditEntry(now, issuedBy, "issue-instruction", instruction.Id, $"{instruction.Content.TemplateVersion} {prepared.Digest}"));
        try
        {
            await _changes.CommitAsync(issued, cancellationToken);
            return null;
        }
        catch (ConflictException)
        {
            // Pressed twice, or by two people at once: the first one counts.
            return new IssueRefusal(PrepareInstruction.AlreadyIssued(request.Id), Changed: false);
        }
    }
}
