using WeComOps.Instructions;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class InstructionStoreTests : ConformanceTests
{
    private static readonly Instruction Instruction = new(
        "i1", InstructionKind.GroupBuilding, "建群", Given.Content, Given.Noon, Given.Noon.AddDays(2), ["b1", "b2"], 0, "{branch}理财群",
        new LinkDestination("https://bank.example/p", "基金A", "funds"), InstructionState.Open, Given.Noon.AddHours(-1), "editor1");

    private static readonly Assignment Assignment =
        new("i1:a1", "i1", ActionKind.GroupBuilding, "a1", "b1", Given.Monday.AddDays(2), Given.Noon.AddDays(2), 1, "一支行理财群");

    [Fact]
    public async Task A_template_comes_back_with_its_whole_history()
    {
        var template = new Template("gold", TemplateKind.RequestCopy, "黄金", "editor1", "team1", null, [])
            .SaveDraft("您好，我是{{ advisor.name }} <b> \"引号\" \0 🙂", Given.Noon).Submit(Given.Noon).Return("reviewer1", "太长", Given.Noon)
            .SaveDraft("您好", Given.Noon.AddMilliseconds(1)).Submit(Given.Noon).Approve("reviewer1", Given.Noon.AddMilliseconds(2));

        await CommitAsync(changes => changes.Templates.AddRange([template, template with { Id = "a" }]));

        var read = await The<ITemplateStore>().FindAsync("gold", None);
        Assert.Equivalent(template with { Revision = 1 }, read, strict: true);
        Assert.Equal(template.Versions, read!.Versions);
        Assert.Equal(["a", "gold"], (await The<ITemplateStore>().ListAsync(None)).Select(one => one.Id));
        Assert.Null(await The<ITemplateStore>().FindAsync("b", None));
    }

    [Fact]
    public async Task Of_two_who_read_the_same_template_only_the_first_can_write_it()
    {
        await CommitAsync(changes => changes.Templates.Add(new Template("gold", TemplateKind.Moment, "黄金", "editor1", "team1", null, []).SaveDraft("一", Given.Noon)));
        var read = (await The<ITemplateStore>().FindAsync("gold", None))!;
        await CommitAsync(changes => changes.Templates.Add(read.Submit(Given.Noon)));

        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes => changes.Templates.Add(read.SaveDraft("二", Given.Noon))));

        Assert.Equal(VersionState.InReview, (await The<ITemplateStore>().FindAsync("gold", None))!.Latest!.State);
    }

    [Fact]
    public async Task An_id_is_issued_once()
    {
        await CommitAsync(changes => changes.Instructions.Add(Instruction));

        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes =>
        {
            changes.Instructions.Add(Instruction with { Title = "again" });
            changes.Assignments.Add(Assignment);
        }));

        Assert.Equal("建群", (await The<IInstructionStore>().FindAsync("i1", None))!.Title);
        Assert.Empty(await The<IInstructionStore>().AssignmentsAsync("i1", None));
    }

    [Fact]
    public async Task An_instruction_comes_back_whole_and_the_newest_first()
    {
        await CommitAsync(changes => changes.Instructions.AddRange([Instruction, Instruction with { Id = "i2", IssuedAt = Given.Noon, Destination = null }]));
        var closed = Instruction with { State = InstructionState.Closed };
        await CommitAsync(changes => changes.Instructions.Add(closed));

        Assert.Equivalent(closed, await The<IInstructionStore>().FindAsync("i1", None), strict: true);
        Assert.Equal(["i2", "i1"], (await The<IInstructionStore>().ListAsync(None)).Select(one => one.Id));
    }

    [Fact]
    public async Task Assignments_are_found_by_instruction_and_by_due_day()
    {
        var other = Assignment with { Id = "i1:a2", Advisor = "a2", Text = null };
        await CommitAsync(changes => changes.Assignments.AddRange(
            [other, Assignment, Assignment with { Id = "x", Instruction = "i2", DueDay = Given.Monday }, Assignment with { Id = "y", Action = ActionKind.Moments, Instruction = "i3" }]));

        var store = The<IInstructionStore>();
        Assert.Equal([Assignment, other], await store.AssignmentsAsync("i1", None));
        Assert.Equal([Assignment, other], await store.DueOnAsync(Assignment.DueDay, ActionKind.GroupBuilding, null, None));
        Assert.Equal([other], await store.DueOnAsync(Assignment.DueDay, ActionKind.GroupBuilding, "a2", None));
    }

    [Fact]
    public async Task An_assignment_is_open_from_the_start_of_its_instruction_to_its_deadline()
    {
        await CommitAsync(changes =>
        {
            changes.Instructions.Add(Instruction);
            changes.Assignments.Add(Assignment);
        });

        Assert.Empty(await OpenAsync(Given.Noon.AddMilliseconds(-1)));
        Assert.Equal([Assignment], await OpenAsync(Given.Noon));
        Assert.Equal([Assignment], await OpenAsync(Assignment.DueAt));
        Assert.Empty(await OpenAsync(Assignment.DueAt.AddMilliseconds(1)));
        Assert.Empty(await The<IInstructionStore>().OpenAsync("a1", ActionKind.Moments, Given.Noon, None));
        Assert.Empty(await The<IInstructionStore>().OpenAsync("a2", ActionKind.GroupBuilding, Given.Noon, None));
    }

    private Task<IReadOnlyList<Assignment>> OpenAsync(DateTimeOffset at) =>
        The<IInstructionStore>().OpenAsync("a1", ActionKind.GroupBuilding, at, None);
}
