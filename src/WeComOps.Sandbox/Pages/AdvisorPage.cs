using System.Globalization;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Pages;

/// <summary>What an advisor sees in WeCom, newest first.</summary>
internal static class AdvisorPage
{
    private const int Newest = 30;

    public static string Of(World world, Advisor advisor)
    {
        var own = $"/sandbox/advisor/{advisor.UserId}";
        var html = new Html($"{advisor.Name} · {advisor.Branch.Name}");
        html.Section("写给应用").Form(own + "/write").Input("content", "例如：李思远问：黄金现在还能买吗？", "客户名问：问题").Submit("发送");
        html.Section("待发表的朋友圈");
        foreach (var moment in world.Moments.Values.Where(moment => !moment.Cancelled && moment.Executors.Contains(advisor) && !moment.Publications.ContainsKey(advisor.UserId)).OrderByDescending(moment => moment.CreatedAt).Take(Newest))
            html.Raw("<article>").Body(moment.Content.Text).Note(When(moment.CreatedAt) + Shown(moment.Pictures)).Form(own + "/publish", ("id", moment.MomentId)).Submit("发表").Raw("</article>");
        html.Section("待发送的群发");
        foreach (var (message, sending) in Pending(world, advisor))
            html.Raw("<article>").Body(message.Content.Text).Note($"{When(message.CreatedAt)}{Shown(message.Pictures)} · {string.Join('、', sending.Groups.Select(group => group.Name))}").Form(own + "/send", ("id", message.MessageId)).Submit("发送").Raw("</article>");
        html.Section("应用消息");
        foreach (var message in advisor.Inbox.AsEnumerable().Reverse().Take(Newest)) Message(html, own, message);
        html.Section("我的客户群").Raw("<ul>");
        foreach (var group in advisor.Groups) html.Raw("<li>").Text($"{group.Name}（{group.Members.Count} 位客户）").Raw("</li>");
        html.Raw("</ul>").Section("我的客户").Raw("<ul>");
        foreach (var friend in advisor.Friends.Where(friend => friend.Active).Take(200))
            html.Raw("<li>").Link($"/sandbox/customer/{friend.Customer.ExternalUserId}", friend.Customer.Name).Text($" {friend.Customer.Tier}").Raw("</li>");
        return html.Raw("</ul>").ToString();
    }

    public static IEnumerable<(MassMessage Message, Sending Sending)> Pending(World world, Advisor advisor) =>
        world.MassMessages.Values.Where(message => !message.Cancelled).OrderByDescending(message => message.CreatedAt)
            .SelectMany(message => message.Sendings.Select(sending => (message, sending))).Where(pair => pair.sending.Sender == advisor && pair.sending.SentAt is null).Take(Newest);

    private static void Message(Html html, string own, AppMessage message)
    {
        html.Raw("<article>").Body(message.Text).Note(When(message.At));
        if (message.Replaced is not null) html.Note(message.Replaced);
        else if (message.Pressed is not null) html.Note("已点击");
        else foreach (var button in message.Buttons) Button(html, own, message, button);
        html.Raw("</article>");
    }

    private static void Button(Html html, string own, AppMessage message, CardButton button)
    {
        if (button.Url is not null) return;
        html.Form(own + "/press", ("message", message.MessageId), ("key", button.Key));
        if (message.Options.Count > 0)
        {
            html.Raw("<label>选择<select name=\"option\">");
            foreach (var option in message.Options) html.Raw("<option value=\"").Text(option.Id).Raw("\">").Text(option.Text).Raw("</option>");
            html.Raw("</select></label>");
        }

        html.Submit(button.Text);
    }

    private static string Shown(IReadOnlyList<string> pictures) => pictures.Count == 0 ? "" : $" · 配图 {pictures.Count} 张";

    public static string When(DateTimeOffset at) => ShanghaiTime.Local(at).ToString("M月d日 HH:mm", CultureInfo.InvariantCulture);
}
