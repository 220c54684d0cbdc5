using WeComOps.Answers;
using WeComOps.Inbox;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Storage.Tests;

/// <summary>Plain examples to vary with <c>with</c>.</summary>
internal static class Given
{
    public static readonly DateOnly Monday = new(2026, 11, 9);

    /// <summary>Monday noon in Shanghai, with milliseconds.</summary>
    public static readonly DateTimeOffset Noon = ShanghaiTime.At(Monday, new TimeOnly(12, 0, 0, 123));

    public static readonly ContentRef Content = new("i1", "moment-gold", 3, "b", "editor1", "team1", "funds");

    public static Fact Fact(string id, FactKind kind = FactKind.FriendAdded, DateOnly? day = null) => new()
    {
        Id = id,
        Day = day ?? Monday,
        Kind = kind,
        OccurredAt = Noon,
        Source = "inbox:" + id,
        RecordedAt = Noon,
    };

    public static ReceivedMessage Message(int number, DateTimeOffset? at = null) =>
        new(Digest.Of(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), at ?? Noon, $"<xml>{number}</xml>");

    public static InboxRoute Route(this ReceivedMessage message, params string[] handlers) =>
        new(message.Id, "add_external_contact", handlers, message.ReceivedAt, Lane: string.Empty);

    public static Question Question(string id, QuestionState state = QuestionState.Open) => new(
        id, "advisor1", "b1", "customer1", "gold", "黄金还能买吗?🙂", "investment", Noon, Noon.AddMinutes(30), state, "inbox:" + id,
        ["customer1", "customer2"], new FactRef(Monday, "moment_published:1"), null, null, null, null, null, null, null, null);

    public static PushSlice Slice(string id, SliceState state = SliceState.Planned) => new(
        id, "i1", PushKind.Moment, "moment", Content, "黄金涨了 {link}", "marker", ["advisor1", "advisor2"], Noon, Noon.AddHours(8), state,
        null, null, null, null, 0, null, 7);

    public static OutgoingMessage Outgoing(string id, SliceState state = SliceState.Planned) =>
        new(id, "advisor1", """{"text":"你好"}""", Noon, Noon.AddHours(2), state, null, null);

    /// <summary>The instruction and the approved content that <see cref="Slice"/> belongs to: without them nothing leaves.</summary>
    public static void Issued(Changes changes)
    {
        changes.Instructions.Add(Instruction);
        changes.Templates.Add(Template);
    }

    public static Instruction Instruction { get; } = new(
        "i1", InstructionKind.Moment, "黄金", Content, Noon, Noon.AddHours(8), ["b1"], 0, null, null, InstructionState.Open, Noon.AddHours(-1), "editor1");

    public static Template Template { get; } = Enumerable.Range(1, Content.Version).Aggregate(
        new Template(Content.Template, TemplateKind.Moment, "黄金", "editor1", "team1", "funds", []),
        (template, number) => template.SaveDraft($"第{number}版", Noon.AddDays(-1)).Submit(Noon.AddDays(-1)).Approve("reviewer1", Noon.AddDays(-1)));

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source)
    {
        var list = new List<T>();
        await foreach (var item in source)
        {
            list.Add(item);
        }

        return list;
    }
}
