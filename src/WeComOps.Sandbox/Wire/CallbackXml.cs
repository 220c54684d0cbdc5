using System.Globalization;
using System.Text;

namespace WeComOps.Sandbox.Wire;

/// <summary>Writes the inner XML of callbacks as WeCom does: flat elements, texts in CDATA, numbers bare (docs 92130, 90239, 90240).</summary>
internal sealed class CallbackXml
{
    private readonly StringBuilder _text = new("<xml>");

    private CallbackXml(string corpId, string from, DateTimeOffset at, string type)
    {
        Text("ToUserName", corpId).Text("FromUserName", from).Number("CreateTime", at.ToUnixTimeSeconds()).Text("MsgType", type);
    }

    /// <summary>An event that the system reports.</summary>
    public static CallbackXml System(string corpId, DateTimeOffset at, string name) => new CallbackXml(corpId, "sys", at, "event").Text("Event", name);

    /// <summary>An event that a member caused in the app.</summary>
    public static CallbackXml Member(string corpId, string userId, DateTimeOffset at, string name) =>
        new CallbackXml(corpId, userId, at, "event").Text("Event", name);

    /// <summary>A text that a member wrote to the app.</summary>
    public static CallbackXml Message(string corpId, string userId, DateTimeOffset at, string content, long messageId, int agentId) =>
        new CallbackXml(corpId, userId, at, "text").Text("Content", content).Number("MsgId", messageId).Number("AgentID", agentId);

    public CallbackXml Text(string name, string value)
    {
        // A CDATA section cannot hold its own end mark: it is split over two sections.
        var safe = value.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal);
        _text.Append('<').Append(name).Append("><![CDATA[").Append(safe).Append("]]></").Append(name).Append('>');
        return this;
    }

    public CallbackXml Number(string name, long value)
    {
        _text.Append('<').Append(name).Append('>').Append(value.ToString(CultureInfo.InvariantCulture)).Append("</").Append(name).Append('>');
        return this;
    }

    public CallbackXml Items(string name, IEnumerable<string> values)
    {
        _text.Append('<').Append(name).Append('>');
        foreach (var value in values) Text("Item", value);
        _text.Append("</").Append(name).Append('>');
        return this;
    }

    public CallbackXml Selected(string questionKey, string optionId)
    {
        _text.Append("<SelectedItems><SelectedItem>");
        Text("QuestionKey", questionKey);
        // WeCom really spells it so (doc 90240).
        _text.Append("<OpitonIds>");
        Text("OpitonId", optionId);
        _text.Append("</OpitonIds></SelectedItem></SelectedItems>");
        return this;
    }

    public override string ToString() => _text + "</xml>";
}
