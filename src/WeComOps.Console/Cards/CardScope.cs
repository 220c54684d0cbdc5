using WeComOps.Console.Naming;
using WeComOps.Console.Security;
using WeComOps.Scorecard;

namespace WeComOps.Console.Cards;

/// <summary>
/// What of a card a viewer may see. A person of one branch sees that branch and its advisors; everything that is not known
/// to be theirs is left out.
/// </summary>
internal static class CardScope
{
    public static bool Sees(this Viewer viewer, string subject, Names names)
    {
        if (viewer.Branch is not { } own)
        {
            return viewer.IsKnown;
        }

        var (kind, id) = Names.Split(subject);
        return kind switch
        {
            "branch" => id == own,
            "advisor" => names.BranchOf(id) == own,
            _ => false,
        };
    }

    public static WeekCard Narrow(this WeekCard card, Viewer viewer, Names names) => viewer.Branch is null
        ? card
        : new WeekCard(
            card.Card with
            {
                Front = [.. card.Card.Front.Where(score => viewer.Sees(score.Subject, names))],
                Mid = [.. card.Card.Mid.Where(score => viewer.Sees(score.Subject, names))],
            },
            card.AsOf, card.Digest, card.Revision);
}
