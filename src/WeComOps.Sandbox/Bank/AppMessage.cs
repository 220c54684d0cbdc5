namespace WeComOps.Sandbox.Bank;

/// <summary>A message of the app in an advisor's WeCom: a text, or a card with buttons.</summary>
internal sealed class AppMessage(string messageId, DateTimeOffset at, string type, string text)
{
    public string MessageId { get; } = messageId;

    public DateTimeOffset At { get; } = at;

    public string Type { get; } = type;

    /// <summary>Everything that can be read on it, a line per part.</summary>
    public string Text { get; } = text;

    public string? Url { get; init; }

    public string? CardType { get; init; }

    public string? TaskId { get; init; }

    public IReadOnlyList<CardButton> Buttons { get; init; } = [];

    public string? QuestionKey { get; init; }

    public IReadOnlyList<CardOption> Options { get; init; } = [];

    /// <summary>Key of the button that was pressed; WeCom delivers a press once.</summary>
    public string? Pressed { get; set; }

    /// <summary>Text that the app put in the place of the buttons.</summary>
    public string? Replaced { get; set; }
}

/// <summary>A button of a card.</summary>
internal sealed record CardButton(string Key, string Text, string? Url);

/// <summary>A choice of a card's drop-down list.</summary>
internal sealed record CardOption(string Id, string Text);
