namespace WeComOps.Outbox;

/// <summary>Section <c>Push</c>.</summary>
public sealed class PushOptions
{
    public const string SectionName = "Push";

    /// <summary>Most advisors that post the same wording of a moment.</summary>
    public int ExecutorsPerWording { get; set; } = 30;

    public IEnumerable<string> Validate()
    {
        if (ExecutorsPerWording is < 1 or > 100_000)
        {
            yield return "Push:ExecutorsPerWording must be between 1 and 100000 (WeCom takes no more executors in a task).";
        }
    }
}
