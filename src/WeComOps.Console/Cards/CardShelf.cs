using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Cards;

/// <summary>Where pages get a week's card from: the stored revision in force, else one counted now.</summary>
internal sealed class CardShelf(IScorecardStore stored, CloseWeek counting, TimeProvider clock)
{
    private readonly Brief<(ScoreWeek Week, string? Digest), WeekCard> _cards = new(TimeSpan.FromSeconds(10), most: 24);

    public async Task<WeekCard> GetAsync(ScoreWeek week, CancellationToken cancellationToken)
    {
        var latest = await stored.LatestAsync(week, cancellationToken);
        return await _cards.GetAsync(
            (week, latest?.Digest),
            async token => latest is null
                ? new WeekCard(await counting.PreviewAsync(week, token), clock.GetNow(), digest: null, revision: 0)
                : new WeekCard(CardReader.Read(latest.Json), latest.ComputedAt, latest.Digest, latest.Revision),
            cancellationToken);
    }

    /// <summary>The week that is running.</summary>
    public ScoreWeek Current => ScoreWeek.Of(clock.GetNow());

    /// <summary>Weeks to choose from, latest first: those with a card and the running one.</summary>
    public async Task<IReadOnlyList<ScoreWeek>> WeeksAsync(CancellationToken cancellationToken) =>
        [.. (await stored.WeeksAsync(cancellationToken)).Append(Current).Distinct().OrderDescending()];

    /// <summary>The week asked for; without one the latest that has a card, because that is what is talked about.</summary>
    public async Task<ScoreWeek> ChooseAsync(string? asked, CancellationToken cancellationToken)
    {
        if (ScoreWeek.TryParse(asked, out var week))
        {
            return week;
        }

        var known = await stored.WeeksAsync(cancellationToken);
        return known.Count == 0 ? Current : known.Max();
    }

    /// <summary>Stored cards of the weeks before, oldest first: the trail of the chart. Weeks without a card are left out.</summary>
    public async Task<IReadOnlyList<WeekCard>> TrailAsync(ScoreWeek week, int weeks, CancellationToken cancellationToken)
    {
        var trail = new List<WeekCard>();
        for (var i = 0; i < weeks; i++)
        {
            week = week.Previous;
            if (await stored.LatestAsync(week, cancellationToken) is not null)
            {
                trail.Insert(0, await GetAsync(week, cancellationToken));
            }
        }

        return trail;
    }
}
