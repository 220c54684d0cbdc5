namespace WeComOps.Chaos.Checks;

/// <summary>One thing that was promised, how often it was looked at and where it was broken.</summary>
internal sealed record Check(string Promise, long Looked, IReadOnlyList<string> Broken)
{
    public static Check Of<T>(string promise, IReadOnlyCollection<T> all, Func<T, string?> broken) =>
        new(promise, all.Count, [.. all.Select(broken).OfType<string>()]);
}

internal sealed record Verdict(IReadOnlyList<Check> Checks)
{
    public bool Holds => Checks.All(check => check.Broken.Count == 0);
}
