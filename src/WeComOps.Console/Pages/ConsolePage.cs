using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WeComOps.Console.Language;
using WeComOps.Console.Naming;
using WeComOps.Console.Security;
using WeComOps.Primitives;

namespace WeComOps.Console.Pages;

/// <summary>A page with a week and a branch in its address. A branch that the viewer may not see is refused before anything is read.</summary>
internal abstract class ConsolePage(ConsoleContext context) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "week")]
    public string? AskedWeek { get; set; }

    [BindProperty(SupportsGet = true, Name = "branch")]
    public string? AskedBranch { get; set; }

    public Texts T => context.T;

    public Viewer Viewer => context.Viewer;

    public ScoreWeek Week { get; private set; }

    public Names Names { get; private set; } = null!;

    /// <summary>The branch looked at: the viewer's own, else the one asked for; null: the whole bank.</summary>
    public string? Branch => Viewer.Branch ?? (string.IsNullOrEmpty(AskedBranch) ? null : AskedBranch);

    protected ConsoleContext Context => context;

    /// <summary>The page is asked for as a part: to be put into the drawer of the page that is open.</summary>
    public bool IsPart => Request.Headers["X-Part"] == "drawer";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext executing, PageHandlerExecutionDelegate next)
    {
        if (!string.IsNullOrEmpty(AskedBranch) && !Viewer.Sees(AskedBranch))
        {
            executing.Result = Forbid();
            return;
        }

        Week = await context.Shelf.ChooseAsync(AskedWeek, HttpContext.RequestAborted);
        Names = await context.Book.GetAsync(HttpContext.RequestAborted);
        ViewData["Page"] = this;
        await next();
    }

    /// <summary>Shows what a use case said, after the redirect that follows.</summary>
    protected void Tell(string? refusal, string done)
    {
        TempData[refusal is null ? "Done" : "Refused"] = refusal ?? T[done];
    }
}
