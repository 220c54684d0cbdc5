using System.Globalization;
using Microsoft.AspNetCore.Http;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Books;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Pages;

/// <summary>Pages on which a person plays an advisor or a customer. What they do happens at the clock's time and is sent out at once.</summary>
internal sealed class Playground(World world, Storyteller story)
{
    public async Task<bool> TryServeAsync(string path, HttpContext context)
    {
        if (!Local(context.Request)) return false;
        if (path == "/sandbox/style.css") return await WriteAsync(context, "text/css; charset=utf-8", Style.Css);
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return context.Request.Method switch
        {
            "GET" => Show(parts, context.Request.Query) is { } page && await WriteAsync(context, "text/html; charset=utf-8", page),
            "POST" when parts.Length == 4 && context.Request.HasFormContentType => await ActAsync(parts, context),
            _ => false,
        };
    }

    private string? Show(string[] parts, IQueryCollection query)
    {
        lock (world.Gate)
        {
            return parts switch
            {
                ["sandbox"] => Choose(),
                ["sandbox", "advisor", var id] when world.AdvisorsById.TryGetValue(id, out var advisor) => AdvisorPage.Of(world, advisor),
                ["sandbox", "customer", var id] when world.CustomersById.TryGetValue(id, out var customer) => CustomerPage.Of(world, customer),
                ["sandbox", "customer", var id, "shop"] when world.CustomersById.TryGetValue(id, out var customer) && ClickOf(customer, query["click"].ToString()) is { } click => CustomerPage.Shop(customer, click.Click, click.Number),
                ["sandbox", "join", var id] when world.JoinWays.TryGetValue(id, out var way) => Join(way),
                _ => null,
            };
        }
    }

    private async Task<bool> ActAsync(string[] parts, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string Field(string name) => form[name].ToString().Trim();
        var next = $"/sandbox/{parts[1]}/{parts[2]}";
        var known = false;
        // Not tied to the request: what has happened must also be told, even if the browser goes away.
        if (parts[1] == "advisor" && world.AdvisorsById.TryGetValue(parts[2], out var advisor))
            await story.ActAsync(at => known = Act(advisor, parts[3], Field, at), CancellationToken.None);
        else if (parts[1] == "customer" && world.CustomersById.TryGetValue(parts[2], out var customer))
            await story.ActAsync(at => known = Act(customer, parts[3], Field, at, ref next), CancellationToken.None);
        if (!known) return false;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = next;
        return true;
    }

    private bool Act(Advisor advisor, string what, Func<string, string> field, DateTimeOffset at)
    {
        switch (what)
        {
            case "write" when field("content") is { Length: > 0 } content:
                story.Questions.Write(advisor, content, at);
                return true;
            case "publish" when world.Moments.TryGetValue(field("id"), out var moment) && moment.Executors.Contains(advisor):
                story.Publishing.Publish(moment, advisor, at);
                return true;
            case "send" when AdvisorPage.Pending(world, advisor).FirstOrDefault(pair => pair.Message.MessageId == field("id")) is { Sending: { } sending, Message: { } message }:
                story.Publishing.Send(message, sending, at);
                return true;
            case "press" when advisor.Inbox.Find(message => message.MessageId == field("message")) is { } card && card.Buttons.FirstOrDefault(button => button.Key == field("key")) is { } button:
                story.Questions.Press(advisor, card, button, card.Options.FirstOrDefault(option => option.Id == field("option"))?.Id, at);
                return true;
            default:
                return false;
        }
    }

    private bool Act(Customer customer, string what, Func<string, string> field, DateTimeOffset at, ref string next)
    {
        var friend = customer.Advisors.Find(friend => friend.Active && friend.Advisor.UserId == field("advisor"));
        switch (what)
        {
            case "ask" when friend is not null && field("question") is { Length: > 0 } question:
                story.Questions.Write(friend.Advisor, $"{customer.Name}问：{question}", at);
                return true;
            case "delete" when friend is not null:
                story.Friends.Lose(friend, at, "person");
                return true;
            case "join" when world.JoinWays.TryGetValue(field("code"), out var way):
                story.Groups.Scan(way, customer, at);
                return true;
            case "follow" when field("url") is { Length: > 0 } url:
                story.Shopping.Open(url, customer, field("cause"), at, twice: false);
                next += string.Create(CultureInfo.InvariantCulture, $"/shop?click={world.Journal.Clicks.Count - 1}");
                return true;
            case "buy" when ClickOf(customer, field("click")) is { } click:
                story.Shopping.Buy(click.Click, customer, world.Clock.GetUtcNow().UtcTicks, at);
                return true;
            default:
                return false;
        }
    }

    private (Click Click, int Number)? ClickOf(Customer customer, string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < world.Journal.Clicks.Count && world.Journal.Clicks[index] is var click && click.Customer == customer ? (click, index) : null;

    private string Choose()
    {
        var html = new Html("选一个人来扮演");
        html.Note($"现在是 {AdvisorPage.When(world.Clock.GetUtcNow())}（上海时间）。客户从客户经理的页面里选。");
        foreach (var branch in Branch.All)
        {
            html.Section(branch.Name).Raw("<ul>");
            foreach (var advisor in world.Advisors.Where(advisor => advisor.Branch == branch)) html.Raw("<li>").Link($"/sandbox/advisor/{advisor.UserId}", advisor.Name).Text($" {advisor.Position}").Raw("</li>");
            html.Raw("</ul>");
        }

        return html.ToString();
    }

    private string Join(JoinWay way)
    {
        var names = way.ChatIds.Select(id => world.Groups.GetValueOrDefault(id)?.Name).OfType<string>();
        return new Html("加入群聊").Body(string.Join('、', names)).Note("在客户的页面里扫码进群。").ToString();
    }

    /// <summary>Only a browser on this machine plays, and only from these pages: another site's form is refused.</summary>
    private static bool Local(HttpRequest request)
    {
        if (request.Host.Host is not ("127.0.0.1" or "localhost")) return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }

    private static async Task<bool> WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentSecurityPolicy = Html.Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(text, context.RequestAborted);
        return true;
    }
}
