namespace WeComOps.Answers;

/// <summary>Section <c>Answers</c>. Minutes are business minutes of the calendar's shifts.</summary>
public sealed class AnswersOptions
{
    public const string SectionName = "Answers";

    /// <summary>Service time of the desk.</summary>
    public int ServiceMinutes { get; set; } = 60;

    /// <summary>Time the advisor has to bring the answer to the customer.</summary>
    public int ReplyMinutes { get; set; } = 240;

    /// <summary>How long a claimed question stays with its owner without an answer, in minutes of the clock.</summary>
    public int LeaseMinutes { get; set; } = 15;

    /// <summary>How long the advisor may take to say which of several customers asked, in minutes of the clock.</summary>
    public int IdentifyMinutes { get; set; } = 30;

    public IEnumerable<string> Validate()
    {
        if (ServiceMinutes < 1 || ReplyMinutes < 1 || LeaseMinutes < 1 || IdentifyMinutes < 1)
        {
            yield return "Answers: ServiceMinutes, ReplyMinutes, LeaseMinutes and IdentifyMinutes must be 1 or more.";
        }
    }
}
