using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Api;

/// <summary>A message as the app sent it, checked.</summary>
internal sealed record MessageDraft(string Type, string Text)
{
    public string? Url { get; init; }

    public string? CardType { get; init; }

    public string? TaskId { get; init; }

    public IReadOnlyList<CardButton> Buttons { get; init; } = [];

    public string? QuestionKey { get; init; }

    public IReadOnlyList<CardOption> Options { get; init; } = [];

    /// <summary>Whether it has something to press and so a response_code.</summary>
    public bool Interactive => CardType is "button_interaction" or "vote_interaction" or "multiple_interaction";
}

/// <summary>Reads and checks the bodies of message/send (doc 90236).</summary>
internal static partial class MessageReader
{
    private const int TextBytes = 2048;

    public static MessageDraft? Read(string type, JsonElement body, out Answer? refused)
    {
        refused = null;
        var part = body.Member(type);
        switch (type)
        {
            case "text":
                if (part.Text("content") is not { Length: > 0 } content) return Refuse(Answer.Fail(44004, "empty content"), out refused);
                return new MessageDraft(type, Cut(content));
            case "markdown":
                if (part.Text("content") is not { Length: > 0 } markdown) return Refuse(Answer.Fail(44004, "empty content"), out refused);
                return Encoding.UTF8.GetByteCount(markdown) > TextBytes ? Refuse(Answer.Fail(45002, "content too long"), out refused) : new MessageDraft(type, markdown);
            case "textcard":
                return TextCard(part, out refused);
            case "template_card":
                return Card(part, out refused);
            default:
                return Refuse(Answer.Fail(40008, "invalid msgtype"), out refused);
        }
    }

    private static MessageDraft? TextCard(JsonElement part, out Answer? refused)
    {
        refused = null;
        if (part.Text("title") is not { Length: > 0 } title || title.Length > 128) return Refuse(Answer.Invalid("title"), out refused);
        if (part.Text("description") is not { Length: > 0 } description || description.Length > 512) return Refuse(Answer.Invalid("description"), out refused);
        if (part.Text("url") is not { Length: > 0 } url || Encoding.UTF8.GetByteCount(url) > 2048) return Refuse(Answer.Invalid("url"), out refused);
        if (part.Text("btntxt") is { Length: > 4 }) return Refuse(Answer.Invalid("btntxt"), out refused);
        return new MessageDraft("textcard", $"{title}\n{Tags().Replace(description, " ")}") { Url = url };
    }

    private static MessageDraft? Card(JsonElement card, out Answer? refused)
    {
        refused = null;
        var type = card.Text("card_type");
        if (type is not ("text_notice" or "news_notice" or "button_interaction" or "vote_interaction" or "multiple_interaction")) return Refuse(Answer.Invalid("card_type"), out refused);
        if (card.Member("main_title").Text("title") is { } title && title.EnumerateRunes().Count() > 36) return Refuse(Answer.Invalid("main_title.title"), out refused);
        if (card.Member("horizontal_content_list") is { ValueKind: JsonValueKind.Array } rows && rows.GetArrayLength() > 6) return Refuse(Answer.Invalid("horizontal_content_list"), out refused);
        var url = card.Member("card_action").Text("url");
        var taskId = card.Text("task_id");
        if (taskId is not null && !TaskId().IsMatch(taskId)) return Refuse(Answer.Fail(42014, "invalid task_id"), out refused);
        if (type is "text_notice" or "news_notice")
            return url is null ? Refuse(Answer.Fail(42028, "card_action url missing"), out refused) : new MessageDraft("template_card", CardText(card)) { CardType = type, TaskId = taskId, Url = url };
        if (taskId is null) return Refuse(Answer.Fail(42014, "task_id missing"), out refused);
        var buttons = type == "button_interaction" ? Buttons(card.Member("button_list")) : Submit(card.Member("submit_button"));
        if (buttons is null) return Refuse(Answer.Fail(42018, "invalid button_list"), out refused);
        var selection = card.Member("button_selection");
        var options = Options(selection.Member("option_list"));
        if (options is null || (selection.ValueKind == JsonValueKind.Object && (options.Count == 0 || selection.Text("question_key") is null))) return Refuse(Answer.Invalid("button_selection"), out refused);
        return new MessageDraft("template_card", CardText(card)) { CardType = type, TaskId = taskId, Url = url, Buttons = buttons, QuestionKey = selection.Text("question_key"), Options = options };
    }

    private static List<CardButton>? Buttons(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is < 1 or > 6) return null;
        List<CardButton> buttons = [];
        foreach (var item in list.EnumerateArray())
        {
            var link = item.Number("type") == 1;
            if (item.Text("text") is not { Length: > 0 and <= 10 } text) return null;
            if (item.Text(link ? "url" : "key") is not { Length: > 0 and <= 1024 } target) return null;
            if (!link && buttons.Exists(button => button.Key == target)) return null;
            buttons.Add(new CardButton(link ? "" : target, text, link ? target : null));
        }

        return buttons;
    }

    private static List<CardButton>? Submit(JsonElement button) =>
        button.Text("key") is { Length: > 0 } key && button.Text("text") is { Length: > 0 } text ? [new CardButton(key, text, null)] : null;

    private static List<CardOption>? Options(JsonElement list)
    {
        if (list.ValueKind == JsonValueKind.Undefined) return [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > 10) return null;
        List<CardOption> options = [];
        foreach (var item in list.EnumerateArray())
        {
            if (item.Text("id") is not { Length: > 0 } id || item.Text("text") is not { Length: > 0 } text) return null;
            options.Add(new CardOption(id, text));
        }

        return options;
    }

    private static string CardText(JsonElement card)
    {
        List<string?> lines =
        [
            card.Member("source").Text("desc"), card.Member("main_title").Text("title"), card.Member("main_title").Text("desc"),
            card.Member("emphasis_content").Text("title"), card.Member("emphasis_content").Text("desc"),
            card.Member("quote_area").Text("title"), card.Member("quote_area").Text("quote_text"), card.Text("sub_title_text"),
        ];
        if (card.Member("horizontal_content_list") is { ValueKind: JsonValueKind.Array } rows)
            lines.AddRange(rows.EnumerateArray().Select(row => $"{row.Text("keyname")}：{row.Text("value")}"));
        if (card.Member("vertical_content_list") is { ValueKind: JsonValueKind.Array } parts)
            lines.AddRange(parts.EnumerateArray().Select(part => $"{part.Text("title")} {part.Text("desc")}"));
        return string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
    }

    /// <summary>A longer text is cut at 2048 bytes, between characters.</summary>
    private static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= TextBytes) return text;
        var kept = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > TextBytes) break;
            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    private static MessageDraft? Refuse(Answer answer, out Answer? refused)
    {
        refused = answer;
        return null;
    }

    [GeneratedRegex("^[0-9A-Za-z_@-]{1,128}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TaskId();

    [GeneratedRegex("<[^>]{1,200}>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();
}
