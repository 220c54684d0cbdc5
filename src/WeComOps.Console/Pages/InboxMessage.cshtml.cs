using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Access;
using WeComOps.Console.Explaining;
using WeComOps.Console.Security;
using WeComOps.Inbox;

namespace WeComOps.Console.Pages;

/// <summary>One message as WeCom sent it.</summary>
[Authorize(Policy = ConsolePolicy.ReadInbox)]
internal sealed class InboxMessageModel(ConsoleContext context, IInboxStore inbox) : ConsolePage(context)
{
    public ReceivedMessage Message { get; private set; } = null!;

    public string? Body { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (Viewer.Branch is not null)
        {
            return Forbid();
        }

        if (await inbox.FindAsync(id, cancellationToken) is not { } message)
        {
            return NotFound();
        }

        Message = message;
        // A customer's words are not for administrators: they configure, they do not read questions.
        Body = Viewer.Is(Role.Manager) || !HasWords(message.Body) ? Pretty.Print(message.Body) : null;
        return Page();
    }

    /// <summary>Only what says that it is an event has none; what cannot be read may have.</summary>
    private static bool HasWords(string body)
    {
        try
        {
            return XElement.Parse(body).Element("MsgType")?.Value != "event";
        }
        catch (XmlException)
        {
            return true;
        }
    }
}
