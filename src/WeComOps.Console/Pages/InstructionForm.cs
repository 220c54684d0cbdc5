namespace WeComOps.Console.Pages;

/// <summary>The fields of a new instruction as they come from the browser; times are Asia/Shanghai.</summary>
internal sealed class InstructionForm
{
    public string? Id { get; set; }

    public string? Title { get; set; }

    public string? From { get; set; }

    public string? Deadline { get; set; }

    public List<string> Branches { get; set; } = [];

    public int DailyTarget { get; set; }

    public string? GroupName { get; set; }

    public string? Url { get; set; }

    public string? Product { get; set; }

    public string? ProductLine { get; set; }

    /// <summary>Digest of what the page showed as what would leave; null: only look.</summary>
    public string? Read { get; set; }

    public Dictionary<string, string> Variables { get; set; } = new(StringComparer.Ordinal);
}
