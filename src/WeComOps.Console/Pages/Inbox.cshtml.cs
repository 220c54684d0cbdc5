using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using WeComOps.Console.Security;
using WeComOps.Inbox;

namespace WeComOps.Console.Pages;

/// <summary>What came from WeCom and what became of it: waiting, parked with its error, and events nobody handles.</summary>
[Authorize(Policy = ConsolePolicy.ReadInbox)]
internal sealed class InboxModel(ConsoleContext context, IInboxStore inbox, ReplayParked replay) : ConsolePage(context)
{
    private const int MostParked = 200;

    public InboxCounts Counts { get; private set; } = null!;

    public IReadOnlyList<ParkedItem> Parked { get; private set; } = [];

    public IReadOnlyList<UnhandledEvents> Unhandled { get; private set; } = [];

    /// <summary>A message belongs to no branch before it is handled: only who sees the whole bank sees it.</summary>
    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext executing, PageHandlerExecutionDelegate next)
    {
        if (Viewer.Branch is not null)
        {
            executing.Result = Forbid();
            return Task.CompletedTask;
        }

        return base.OnPageHandlerExecutionAsync(executing, next);
    }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Counts = await inbox.CountAsync(cancellationToken);
        Parked = await inbox.ParkedAsync(MostParked, cancellationToken);
        Unhandled = await inbox.CountByNameAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostReplayAsync(string? message, string? handler, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(message) || string.IsNullOrEmpty(handler))
        {
            return BadRequest();
        }

        var refusal = await replay.ReplayAsync(message, handler, Viewer.Person.Id, cancellationToken);
        Tell(refusal is null ? null : T[refusal], "已放回等待处理，稍后刷新看结果。");
        return Redirect("/inbox");
    }
}
