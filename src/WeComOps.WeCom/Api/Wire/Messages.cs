namespace WeComOps.WeCom.Api.Wire;

internal sealed record MessageRequest(
    string Touser, string Msgtype, long Agentid, TextBody? Text, TemplateCard? TemplateCard, int EnableDuplicateCheck = 0);

internal sealed record TemplateCard(
    string CardType, MainTitle MainTitle, string? SubTitleText, string TaskId, ButtonSelection? ButtonSelection, IReadOnlyList<ButtonWire> ButtonList);

internal sealed record MainTitle(string Title, string? Desc);

internal sealed record ButtonWire(string Text, int Style, string Key);

internal sealed record ButtonSelection(string QuestionKey, string Title, IReadOnlyList<OptionWire> OptionList);

internal sealed record OptionWire(string Id, string Text);

internal sealed record MessageReply(string? Invaliduser, string? Msgid, string? ResponseCode);
