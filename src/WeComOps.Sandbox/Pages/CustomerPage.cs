using System.Globalization;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Books;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Pages;

/// <summary>What a customer sees: moments of their advisors, posts in their groups, the shop behind a link.</summary>
internal static class CustomerPage
{
    private const int Newest = 30;

    public static string Of(World world, Customer customer)
    {
        var own = $"/sandbox/customer/{customer.ExternalUserId}";
        var html = new Html($"{customer.Name}（{customer.Tier}）");
        html.Section("我的客户经理");
        foreach (var friend in customer.Advisors.Where(friend => friend.Active))
        {
            html.Raw("<article>").Link($"/sandbox/advisor/{friend.Advisor.UserId}", friend.Advisor.Name).Note(friend.Advisor.Branch.Name)
                .Form(own + "/ask", ("advisor", friend.Advisor.UserId)).Input("question", "问客户经理", "大额存单还有额度吗？").Submit("提问")
                .Form(own + "/delete", ("advisor", friend.Advisor.UserId)).Submit("删除好友").Raw("</article>");
        }

        html.Section("朋友圈");
        foreach (var (moment, publication) in Seen(world, customer)) Shown(html, own, moment.Content, moment.MomentId, publication.Advisor.Name, publication.At);
        html.Section("群消息");
        foreach (var (message, sending) in Posts(world, customer)) Shown(html, own, message.Content, message.MessageId, sending.Sender.Name, sending.SentAt!.Value);
        return html.ToString();
    }

    public static string Shop(Customer customer, Click click, int number)
    {
        var html = new Html("产品页");
        html.Body(click.DestinationPath is null ? "这个链接没有打开任何产品。" : $"链接打开了 {click.DestinationPath}");
        if (click.ClickId is not null) html.Form($"/sandbox/customer/{customer.ExternalUserId}/buy", ("click", number.ToString(CultureInfo.InvariantCulture))).Submit("购买");
        return html.Raw("<p>").Link($"/sandbox/customer/{customer.ExternalUserId}", "返回").Raw("</p>").ToString();
    }

    private static IEnumerable<(Moment Moment, Publication Publication)> Seen(World world, Customer customer) =>
        world.Moments.Values.SelectMany(moment => moment.Publications.Values.Select(publication => (moment, publication)))
            .Where(pair => pair.publication.ReachedIndex.Contains(customer.Index)).OrderByDescending(pair => pair.publication.At).Take(Newest);

    private static IEnumerable<(MassMessage Message, Sending Sending)> Posts(World world, Customer customer) =>
        world.MassMessages.Values.SelectMany(message => message.Sendings.Select(sending => (message, sending)))
            .Where(pair => pair.sending.SentAt is not null && pair.sending.Reached.Exists(reached => reached.Members.Contains(customer)))
            .OrderByDescending(pair => pair.sending.SentAt).Take(Newest);

    private static void Shown(Html html, string own, Content content, string cause, string who, DateTimeOffset at)
    {
        html.Raw("<article>").Note($"{who} · {AdvisorPage.When(at)}").Body(content.Text);
        foreach (var url in content.Links) html.Form(own + "/follow", ("url", url), ("cause", cause)).Submit("打开链接");
        foreach (var code in content.JoinCodes) html.Form(own + "/join", ("code", code)).Submit("扫码进群");
        html.Raw("</article>");
    }
}
