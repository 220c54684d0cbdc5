using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Books;

/// <summary>One thing that happened, as a raw line.</summary>
/// <param name="Kind">Past tense, such as friend_added or moment_published.</param>
/// <param name="Reference">Moment, message, chat, order or other id that it is about.</param>
internal sealed record Happening(DateTimeOffset At, string Kind, string? Advisor, string? Customer, string? Reference, string? Text, decimal? Number);

/// <summary>An accepted or self-made friendship.</summary>
internal sealed record Acceptance(Friendship Friend, DateTimeOffset At);

/// <summary>A customer who deleted an advisor.</summary>
internal sealed record Loss(Friendship Friend, DateTimeOffset At);

/// <summary>A group that an advisor built after being told to.</summary>
internal sealed record Built(CustomerGroup Group, DateTimeOffset At);

/// <summary>Somebody who came into a group.</summary>
internal sealed record Joined(CustomerGroup Group, Customer Customer, DateTimeOffset At, bool ByCode, string? State);

/// <summary>A GET of a link.</summary>
/// <param name="cause">Moment or message id, or the question's card, that showed the link.</param>
/// <param name="human">A phone of a customer, neither a scanner nor a repeat within the hour.</param>
internal sealed class Click(string url, Customer? customer, string cause, DateTimeOffset at, bool human)
{
    public string Url { get; } = url;

    public Customer? Customer { get; } = customer;

    public string Cause { get; } = cause;

    public DateTimeOffset At { get; } = at;

    public bool Human { get; } = human;

    /// <summary>The click id that the product put on the destination, and the destination's path.</summary>
    public string? ClickId { get; set; }

    public string? DestinationPath { get; set; }
}

/// <summary>A line of an order as the shop knows it.</summary>
internal sealed class Sale(string orderId, Customer customer, Click? click, string product, string productLine, decimal amount, DateTimeOffset at, bool faceToFace)
{
    public string OrderId { get; } = orderId;

    public Customer Customer { get; } = customer;

    public Click? Click { get; } = click;

    public string Product { get; } = product;

    public string ProductLine { get; } = productLine;

    public decimal Amount { get; } = amount;

    public DateTimeOffset At { get; } = at;

    public bool FaceToFace { get; } = faceToFace;

    public DateTimeOffset? CancelledAt { get; set; }
}

/// <summary>Everything that really happened, kept by kind for the books and as raw lines.</summary>
internal sealed class Journal
{
    public List<Happening> Happenings { get; } = [];

    public List<Acceptance> Acceptances { get; } = [];

    public List<Loss> Losses { get; } = [];

    public List<Built> Built { get; } = [];

    public List<Joined> Joins { get; } = [];

    public List<Question> Questions { get; } = [];

    public List<Click> Clicks { get; } = [];

    public List<Sale> Sales { get; } = [];

    public void Note(DateTimeOffset at, string kind, string? advisor = null, string? customer = null, string? reference = null, string? text = null, decimal? number = null) =>
        Happenings.Add(new Happening(at, kind, advisor, customer, reference, text, number));
}
