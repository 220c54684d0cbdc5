using System.Globalization;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

internal sealed partial class WeComApi
{
    /// <summary>The line under the title shows about this much; longer descriptions go into the body text.</summary>
    private const int MaxTitleDescription = 30;

    private const int PrimaryStyle = 1;
    private const int PlainStyle = 2;

    public async Task<ApiResult<SentMessage>> SendMessageAsync(AppMessage message, CancellationToken cancellationToken)
    {
        var limits = new Limits().UserId("the receiver", message.UserId);
        var request = message switch
        {
            AppMessage.Text text => Text(text, limits),
            AppMessage.Card card => Card(card, limits),
            _ => throw new ArgumentOutOfRangeException(nameof(message), "An unknown kind of message."),
        };
        if (limits.Broken is { } rule)
        {
            return Refuse<SentMessage>(rule);
        }

        return await CallAsync(
            WireCall.Post("/cgi-bin/message/send", request, WireJson.Wire.MessageRequest).Once(),
            WireJson.Wire.MessageReply,
            static reply => new SentMessage(reply.Msgid.Required(), reply.ResponseCode.OrNull(), Split(reply.Invaliduser)),
            cancellationToken);
    }

    private MessageRequest Text(AppMessage.Text message, Limits limits)
    {
        limits.Bytes("the text", message.Content, 1, 2048);
        return Request(message, "text", new TextBody(message.Content), card: null);
    }

    private MessageRequest Card(AppMessage.Card card, Limits limits)
    {
        limits.TaskId(card.TaskId).Chars("the card's title", card.Title, 1, 36).Bytes("the card's description", card.Description, 0, 2048)
            .Count("the card's buttons", card.Buttons, 1, 6).Distinct("the buttons' keys", card.Buttons.Select(static button => button.Key));
        foreach (var button in card.Buttons)
        {
            limits.Chars("a button's text", button.Text, 1, 10).Bytes("a button's key", button.Key, 1, 1024);
        }

        if (card.Selection is { } selection)
        {
            limits.Count("the selection's options", selection.Options, 1, 10).Bytes("the selection's key", selection.QuestionKey, 1, 1024)
                .Distinct("the options' ids", selection.Options.Select(static option => option.Id));
        }

        var isShort = card.Description.Length <= MaxTitleDescription && !card.Description.Contains('\n', StringComparison.Ordinal);
        return Request(card, "template_card", text: null, new TemplateCard(
            "button_interaction",
            new MainTitle(card.Title, isShort ? card.Description.OrNull() : null),
            isShort ? null : card.Description,
            card.TaskId,
            card.Selection is { } given
                ? new ButtonSelection(given.QuestionKey, given.Title, [.. given.Options.Select(static option => new OptionWire(option.Id, option.Text))])
                : null,
            [.. card.Buttons.Select(static (button, index) => new ButtonWire(button.Text, index == 0 ? PrimaryStyle : PlainStyle, button.Key))]));
    }

    private MessageRequest Request(AppMessage message, string type, TextBody? text, TemplateCard? card) =>
        new(message.UserId, type, long.Parse(options.Value.AgentId, NumberStyles.None, CultureInfo.InvariantCulture), text, card);

    private static string[] Split(string? joined) =>
        (joined ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
