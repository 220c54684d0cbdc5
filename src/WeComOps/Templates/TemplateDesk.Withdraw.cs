using WeComOps.Primitives;

namespace WeComOps.Templates;

public sealed partial class TemplateDesk
{
    private const int MostReason = 200;

    /// <summary>
    /// Takes a template's approved versions out of use: they can be put into no instruction or answer, and pushes that wait with it do not leave.
    /// Null when done; else why not.
    /// </summary>
    /// <param name="read">Number of the version that the person means.</param>
    public Task<string?> WithdrawAsync(string id, int read, string person, string? reason, CancellationToken cancellationToken) => DecideAsync(async () =>
    {
        if (reason?.Trim() is not { Length: > 0 and <= MostReason } why)
        {
            return $"请写明为什么停用，最多 {MostReason} 个字。";
        }

        if (await templates.FindAsync(id, cancellationToken) is not { Approved: { } version } template)
        {
            return "这个模板没有在用的版本。";
        }

        if (version.Number != read)
        {
            return $"在用的已经是第 {version.Number} 版，不是您看的第 {read} 版。什么也没有停用。";
        }

        var now = clock.GetNow();
        await SaveAsync(template.Withdraw(person, why, now), new AuditEntry(now, person, "withdraw-template", $"{id}@{version.Number}", why), cancellationToken);
        return null;
    });
}
