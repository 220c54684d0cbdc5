using WeComOps.Primitives;

namespace WeComOps.Templates;

public sealed partial class TemplateDesk
{
    private const string Approval = "approve-template";

    /// <summary>Approves what the reviewer read, or nothing. Null when done.</summary>
    public Task<ReviewRefusal?> ApproveAsync(string id, ReadVersion read, string reviewer, CancellationToken cancellationToken) =>
        DecideAsync(() => ReviewAsync(id, read, reviewer, Approval, (template, now) => template.As(TemplateSource.Parse(template.Latest!.Source).Source).Approve(reviewer, now), cancellationToken));

    /// <summary>Returns what the reviewer read, or nothing. Null when done.</summary>
    public Task<ReviewRefusal?> ReturnAsync(string id, ReadVersion read, string reviewer, string comment, CancellationToken cancellationToken) =>
        ReturnAsync(id, read, reviewer, comment, [], cancellationToken);

    /// <param name="remarks">Line of the version that was read, from 1, and what to change in it; what names no line of it is left out.</param>
    public Task<ReviewRefusal?> ReturnAsync(
        string id, ReadVersion read, string reviewer, string comment, IReadOnlyList<(int Line, string Text)> remarks, CancellationToken cancellationToken) =>
        DecideAsync(() => ReviewAsync(id, read, reviewer, "return-template", (template, now) => template.Return(reviewer, comment, now, Quoted(template.Latest!, remarks)), cancellationToken));

    private static IReadOnlyList<LineRemark> Quoted(TemplateVersion version, IReadOnlyList<(int Line, string Text)> remarks)
    {
        var lines = version.Source.Split('\n');
        return
        [
            .. remarks.Where(remark => remark.Line >= 1 && remark.Line <= lines.Length && !string.IsNullOrWhiteSpace(remark.Text))
                .OrderBy(remark => remark.Line).Select(remark => new LineRemark(remark.Line, lines[remark.Line - 1].Trim(), remark.Text.Trim())),
        ];
    }

    private async Task<ReviewRefusal?> ReviewAsync(
        string id, ReadVersion read, string reviewer, string action, Func<Template, DateTimeOffset, Template> decide, CancellationToken cancellationToken)
    {
        if (await templates.FindAsync(id, cancellationToken) is not { Latest: { } latest } template)
        {
            return new ReviewRefusal("没有这个模板。", null);
        }

        if (!read.Is(latest))
        {
            var what = read.Number == latest.Number ? $"第 {latest.Number} 版的内容改过" : $"您读的是第 {read.Number} 版，现在是第 {latest.Number} 版";
            return new ReviewRefusal($"您打开以后，这个模板有了改动：{what}。什么也没有批准或退回，请读过改动再决定。", latest.Number);
        }

        if (latest.State != VersionState.InReview)
        {
            return new ReviewRefusal(latest.Reviewer is null ? "这个模板没有待审核的版本。" : $"{latest.Reviewer} 已经审核了这一版。", null);
        }

        if (template.IsBy(latest, reviewer))
        {
            return new ReviewRefusal("不能审核自己写过的版本，请另一位同事审核。", null);
        }

        // The rules may have changed, or the text may have expired, since it was submitted.
        if (action == Approval && await BlockedAsync(latest.Source, cancellationToken) is { } blocked)
        {
            return new ReviewRefusal("现在不能批准，可以退回。" + blocked, null);
        }

        var now = clock.GetNow();
        var decided = decide(template, now);
        await SaveAsync(decided, new AuditEntry(now, reviewer, action, Name(decided), latest.Digest), cancellationToken);
        return null;
    }
}
