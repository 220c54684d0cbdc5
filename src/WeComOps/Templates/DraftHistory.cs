namespace WeComOps.Templates;

/// <summary>A text that a draft had before.</summary>
/// <param name="SavedAt">UTC; when it was saved.</param>
public sealed record EarlierText(DateTimeOffset SavedAt, string Source);

/// <summary>
/// What of a draft is kept while it is saved over and over: enough to get back what a slip of the hand deleted, not every pause in
/// typing.
/// </summary>
internal static class DraftHistory
{
    private const int Most = 8;

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(10);

    /// <summary>The texts to keep once <paramref name="source"/> takes the place of the draft's text; null: none.</summary>
    public static IReadOnlyList<EarlierText>? After(TemplateVersion draft, string source, DateTimeOffset now)
    {
        var earlier = draft.Earlier ?? [];
        if (draft.Source == source || !IsWorthKeeping(draft, earlier, source, now))
        {
            return draft.Earlier;
        }

        return [.. earlier.Append(new EarlierText(draft.SavedAt, draft.Source)).TakeLast(Most)];
    }

    /// <summary>The text that the draft began with, what stood a while after the last that was kept, and what is mostly gone at once.</summary>
    private static bool IsWorthKeeping(TemplateVersion draft, IReadOnlyList<EarlierText> earlier, string source, DateTimeOffset now) =>
        earlier.Count == 0 || now - earlier[^1].SavedAt >= Apart || source.Length < draft.Source.Length * 2 / 3;
}
