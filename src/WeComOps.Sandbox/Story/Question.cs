using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>A customer's question that an advisor handed on to the app.</summary>
internal sealed class Question(Advisor advisor, Customer customer, DateTimeOffset askedAt, string topic, string text, bool named)
{
    public Advisor Advisor { get; } = advisor;

    public Customer Customer { get; } = customer;

    public DateTimeOffset AskedAt { get; } = askedAt;

    public string Topic { get; } = topic;

    public string Text { get; } = text;

    /// <summary>Whether the advisor wrote the customer's name.</summary>
    public bool Named { get; } = named;

    /// <summary>The customer as the product can know: by a name that only one of the advisor's customers bears, or picked on a card.</summary>
    public Customer? Identified { get; set; }

    /// <summary>When the card with the answer came.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>When the advisor pressed "replied".</summary>
    public DateTimeOffset? UsedAt { get; set; }

    public bool Investment => Topics.IsInvestment(Topic);
}
