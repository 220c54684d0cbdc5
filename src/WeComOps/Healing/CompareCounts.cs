using WeComOps.Directory;
using WeComOps.WeCom;

namespace WeComOps.Healing;

/// <summary>
/// WeCom's daily counts against the named facts of the day. What they count beyond the named has no customer and no time: it
/// is kept as a number, never as somebody.
/// </summary>
internal static class CompareCounts
{
    /// <summary>Rows that are new or differ from what is kept.</summary>
    /// <param name="kept">Rows of earlier comparisons.</param>
    public static IEnumerable<CountGap> Decide(
        Member member, BehaviorDay day, NamedCounts? named, IReadOnlyDictionary<(string Advisor, DateOnly Day, CountedThing Thing), CountGap> kept, string source,
        DateTimeOffset now)
    {
        // WeCom answers zeros for a day that it has not counted yet: that is no word about what is known.
        if (day is { NewContacts: 0, NegativeFeedback: 0, NewApplications: 0, Chats: 0, Messages: 0 })
        {
            yield break;
        }

        foreach (var (thing, said, known) in new[] { (CountedThing.Added, day.NewContacts, named?.Added ?? 0), (CountedThing.Lost, day.NegativeFeedback, named?.Lost ?? 0) })
        {
            var before = kept.GetValueOrDefault((member.UserId, day.Day, thing));
            if (before is null ? said != known : (before.Said, before.Known) != (said, known))
            {
                yield return new CountGap(day.Day, member.UserId, member.BranchId, thing, said, known, source, now);
            }
        }
    }
}
