using System.Collections.Frozen;
using System.Text;

namespace WeComOps.Ledger;

/// <summary>What a fact says happened. The wire and store name is the snake_case form (<c>requests_sent</c>).</summary>
public enum FactKind
{
    /// <summary>An advisor's daily count of friend requests (statistic, next day). Quantity: a difference to what was known.</summary>
    RequestsSent,

    /// <summary>A customer became an advisor's friend. Class: <see cref="FactClass"/> of who started it.</summary>
    FriendAdded,

    /// <summary>
    /// A customer deleted the advisor. Cause: the exposure it is charged to, if any. Class <see cref="FactClass.TimeUnknown"/>: a
    /// list no longer shows the friendship; when and by whom it ended is not known.
    /// </summary>
    FriendLost,

    /// <summary>An advisor published a moment. OccurredAt: the first poll that saw it.</summary>
    MomentPublished,

    /// <summary>A customer commented on a publication (WeCom gives no text).</summary>
    MomentCommented,

    /// <summary>A customer liked a publication: context, never scored.</summary>
    MomentLiked,

    /// <summary>How many customers a publication or post reached (Quantity).</summary>
    CustomersReached,

    /// <summary>A group was created; carries the instruction when it is the one that was asked for.</summary>
    GroupCreated,

    GroupJoined,

    /// <summary>Class <see cref="FactClass.TimeUnknown"/>: a list no longer shows the member; when they left is not known.</summary>
    GroupLeft,

    /// <summary>A group post went to one group. OccurredAt: WeCom's send time.</summary>
    GroupPostSent,

    /// <summary>A customer's question reached the mid-office. DueAt: end of the service time.</summary>
    QuestionAsked,

    QuestionAnswered,

    /// <summary>The advisor confirmed that the answer went to the customer.</summary>
    AnswerUsed,

    /// <summary>A tracked link was opened. Class: who opened it.</summary>
    LinkClicked,

    SaleMade,

    /// <summary>A cancellation or cooling-off return; corrects the sale and counts in the sale's week.</summary>
    SaleCancelled,

    /// <summary>An advisor was asked to do something. Day: the day it is due. Class: the action. Quantity: the target.</summary>
    AssignmentGiven,

    /// <summary>An assignment does not count (leave); corrects it.</summary>
    AssignmentExcused,

    /// <summary>Done by a way WeCom does not show.</summary>
    AssignmentDone,

    /// <summary>An advisor belongs to a branch from this day on.</summary>
    MemberPlaced,

    AppealDecided,
}

public static class FactKinds
{
    private static readonly FrozenDictionary<FactKind, string> Names =
        Enum.GetValues<FactKind>().ToFrozenDictionary(kind => kind, kind => ToSnakeCase(kind.ToString()));

    private static readonly FrozenDictionary<string, FactKind> Kinds =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Name(this FactKind kind) => Names[kind];

    /// <exception cref="FormatException">No such kind.</exception>
    public static FactKind Parse(string name) => Kinds.TryGetValue(name, out var kind)
        ? kind
        : throw new FormatException($"'{name}' is not a kind of fact.");

    private static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

/// <summary>Values of <see cref="Fact.Class"/>.</summary>
public static class FactClass
{
    // friend_added: who started it
    public const string ByAdvisor = "by_advisor";
    public const string ByCustomer = "by_customer";
    public const string Transferred = "transferred";

    /// <summary>friend_lost, group_left: seen missing in a list (时间不详). Lies on the day of the look, charged to nothing.</summary>
    public const string TimeUnknown = "time_unknown";

    // group_joined
    public const string ByJoinCode = "join_code";
    public const string Invited = "invited";

    // link_clicked
    public const string Human = "human";
    public const string Bot = "bot";
    public const string Repeat = "repeat";
    public const string Staff = "staff";

    // sale_made
    public const string Online = "online";
    public const string FaceToFace = "face_to_face";
}
