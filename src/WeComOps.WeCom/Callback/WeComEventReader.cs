using System.Globalization;
using System.Xml.Linq;

namespace WeComOps.WeCom.Callback;

/// <summary>Inner XML to events (docs 90239, 90240, 92130). An event without what it needs is <see cref="WeComEvent.Other"/>.</summary>
internal sealed class WeComEventReader : IWeComEventReader
{
    public WeComEvent Read(string body)
    {
        var xml = HardenedXml.Load(body);
        var name = NameOf(xml);
        // Suite-style messages carry TimeStamp instead. Without either there is no date to give a fact.
        var at = Time(xml, "CreateTime") ?? Time(xml, "TimeStamp");
        return at is { } known && Known(xml, name, known) is { } message
            ? message
            : new WeComEvent.Other(at ?? DateTimeOffset.UnixEpoch, name);
    }

    private static WeComEvent? Known(XElement xml, string name, DateTimeOffset at) => name switch
    {
        "change_external_contact/add_external_contact" when Pair(xml) is var (user, customer) =>
            new WeComEvent.CustomerAdded(at, user, customer, Text(xml, "State"), Text(xml, "WelcomeCode")),
        "change_external_contact/del_follow_user" when Pair(xml) is var (user, customer) =>
            new WeComEvent.CustomerLeft(at, user, customer),
        "change_external_contact/del_external_contact" when Pair(xml) is var (user, customer) =>
            new WeComEvent.CustomerRemoved(at, user, customer, Text(xml, "Source")),
        "change_external_chat/create" when Text(xml, "ChatId") is { } chat => new WeComEvent.GroupCreated(at, chat),
        "change_external_chat/dismiss" when Text(xml, "ChatId") is { } chat => new WeComEvent.GroupDismissed(at, chat),
        "change_external_chat/update" when Text(xml, "ChatId") is { } chat && Text(xml, "UpdateDetail") is { } detail =>
            new WeComEvent.GroupUpdated(at, chat, detail, Scene(xml, detail), Members(xml), Text(xml, "CurMemVer")),
        "text" when Text(xml, "FromUserName") is { } user && Text(xml, "MsgId") is { } id =>
            new WeComEvent.TextReceived(at, user, xml.Element("Content")?.Value ?? "", id),
        "template_card_event" or "template_card_menu_event"
            when Text(xml, "FromUserName") is { } user && Text(xml, "EventKey") is { } key && Text(xml, "TaskId") is { } task =>
            new WeComEvent.CardClicked(at, user, key, task, Text(xml, "ResponseCode"), Selected(xml)),
        _ => null,
    };

    private static string NameOf(XElement xml)
    {
        var type = Text(xml, "MsgType") ?? Text(xml, "InfoType") ?? "unknown";
        if (type != "event")
        {
            return type;
        }

        return (Text(xml, "Event"), Text(xml, "ChangeType")) switch
        {
            ({ } name, { } change) => $"{name}/{change}",
            ({ } name, null) => name,
            _ => type,
        };
    }

    private static (string User, string Customer)? Pair(XElement xml) =>
        Text(xml, "UserID") is { } user && Text(xml, "ExternalUserID") is { } customer ? (user, customer) : null;

    private static int? Scene(XElement xml, string detail) => detail switch
    {
        "add_member" => Number(xml, "JoinScene"),
        "del_member" => Number(xml, "QuitScene"),
        _ => null,
    };

    private static List<string> Members(XElement xml) =>
        xml.Element("MemChangeList")?.Elements("Item").Select(static item => item.Value.Trim()).Where(static id => id.Length > 0).ToList() ?? [];

    // WeCom writes OpitonIds/OpitonId; some copies of the document spell it rightly. Both are read.
    private static Dictionary<string, IReadOnlyList<string>> Selected(XElement xml)
    {
        var selected = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var item in xml.Elements("SelectedItems").Elements("SelectedItem"))
        {
            if (Text(item, "QuestionKey") is { } key)
            {
                selected[key] = item.Elements().Where(static list => list.Name.LocalName is "OpitonIds" or "OptionIds")
                    .Elements().Where(static id => id.Name.LocalName is "OpitonId" or "OptionId")
                    .Select(static id => id.Value.Trim()).Where(static id => id.Length > 0).ToList();
            }
        }

        return selected;
    }

    private static string? Text(XElement parent, string name) =>
        parent.Element(name)?.Value.Trim() is { Length: > 0 } value ? value : null;

    private static int? Number(XElement parent, string name) =>
        int.TryParse(Text(parent, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DateTimeOffset? Time(XElement parent, string name) =>
        long.TryParse(Text(parent, name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
