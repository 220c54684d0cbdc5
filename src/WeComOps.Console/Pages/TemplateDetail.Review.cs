using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

internal sealed partial class TemplateDetailModel
{
    private const int MostRemarks = 50;
    private const int MostRemark = 200;

    /// <param name="number">Version on the reviewer's screen.</param>
    /// <param name="digest">Of its text.</param>
    public async Task<IActionResult> OnPostApproveAsync(string id, int number, string? digest, CancellationToken cancellationToken) =>
        Viewer.May(ConsolePolicy.ReviewTemplates)
            ? await DecidedAsync(
                id, number, await desk.ApproveAsync(id, new ReadVersion(number, digest ?? string.Empty), Viewer.Person.Id, cancellationToken),
                "已批准，可以用在工作要求里。", cancellationToken)
            : Forbid();

    /// <param name="line">Lines that are remarked on; beside each what to change in <paramref name="remark"/>.</param>
    public async Task<IActionResult> OnPostReturnAsync(string id, int number, string? digest, string? comment, string[] line, string[] remark, CancellationToken cancellationToken)
    {
        if (!Viewer.May(ConsolePolicy.ReviewTemplates))
        {
            return Forbid();
        }

        return string.IsNullOrWhiteSpace(comment)
            ? Back(id, T["退回时请写明要改什么。"], string.Empty)
            : await DecidedAsync(
                id, number, await desk.ReturnAsync(id, new ReadVersion(number, digest ?? string.Empty), Viewer.Person.Id, comment.Trim(), RemarksOf(line, remark), cancellationToken),
                "已退回给作者。", cancellationToken);
    }

    private static IReadOnlyList<(int Line, string Text)> RemarksOf(string[] lines, string[] remarks) =>
    [
        .. lines.Zip(remarks).Where(pair => int.TryParse(pair.First, NumberStyles.None, CultureInfo.InvariantCulture, out _) && pair.Second is { Length: > 0 and <= MostRemark })
            .Take(MostRemarks).Select(pair => (int.Parse(pair.First, CultureInfo.InvariantCulture), pair.Second)),
    ];

    /// <param name="number">The version in use on the person's screen.</param>
    public async Task<IActionResult> OnPostWithdrawAsync(string id, int number, string? reason, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        return MayWithdraw
            ? Back(id, await desk.WithdrawAsync(id, number, Viewer.Person.Id, reason, cancellationToken), "已停用。等着发出的不会再发；正在进行的工作要求请到它的页面决定要不要停止。")
            : Forbid();
    }

    private async Task<IActionResult> DecidedAsync(string id, int number, ReviewRefusal? refusal, string done, CancellationToken cancellationToken)
    {
        if (refusal is not { Now: { } now })
        {
            return Back(id, refusal?.Message, done);
        }

        AskedVersion = null;
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        Refusal = refusal.Message;
        Changed = Template!.Versions.Any(version => version.Number == number) && number != now ? (number, now) : null;
        return Page();
    }
}
