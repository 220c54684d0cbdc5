using WeComOps.Answers;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class QuestionStoreTests : ConformanceTests
{
    [Fact]
    public async Task A_question_comes_back_whole_at_every_step()
    {
        var asked = Given.Question("q1");
        var claimed = asked.Claim("editor1", Given.Noon.AddMilliseconds(1), TimeSpan.FromMinutes(5));
        var answered = claimed.GiveAnswer("editor1", "看长期", Given.Content, Given.Noon.AddMilliseconds(2), Given.Noon.AddHours(1));
        foreach (var (step, question) in ((Question[])[asked, claimed, answered, answered.ConfirmUse(Given.Noon.AddMilliseconds(3))]).Index())
        {
            await CommitAsync(changes => changes.Questions.Add(question with { Revision = step }));

            var read = await The<IQuestionStore>().FindAsync("q1", None);
            Assert.Equal(question.Candidates, read!.Candidates);
            Assert.Equal(question with { Revision = step + 1 }, read with { Candidates = question.Candidates });
        }
    }

    [Fact]
    public async Task Of_two_who_read_the_same_question_only_the_first_can_write_it()
    {
        await CommitAsync(changes => changes.Questions.Add(Given.Question("q1")));
        var read = await The<IQuestionStore>().FindAsync("q1", None);
        await CommitAsync(changes => changes.Questions.Add(read!.Claim("first", Given.Noon, TimeSpan.FromMinutes(5))));

        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes =>
        {
            changes.Record(Given.Fact("late"));
            changes.Questions.Add(read!.Claim("second", Given.Noon, TimeSpan.FromMinutes(5)));
        }));
        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes => changes.Questions.Add(Given.Question("q1"))));

        Assert.Equal("first", (await The<IQuestionStore>().FindAsync("q1", None))!.ClaimedBy);
        Assert.Null(await The<ILedger>().FindAsync(Given.Fact("late").Ref, None));
    }

    [Fact]
    public async Task Open_and_claimed_questions_wait_with_the_least_time_left_first()
    {
        Question Due(string id, int minutes, QuestionState state) => Given.Question(id, state) with { DueAt = Given.Noon.AddMinutes(minutes) };
        await CommitAsync(changes => changes.Questions.AddRange(
        [
            Due("3", 3, QuestionState.Open), Due("1", 1, QuestionState.Claimed), Due("2", 2, QuestionState.Open), Due("0", 0, QuestionState.Identifying),
            Due("4", -1, QuestionState.Answered), Due("5", -2, QuestionState.Used),
        ]));

        Assert.Equal(["1", "2", "3"], (await The<IQuestionStore>().WaitingAsync(None)).Select(question => question.Id));
        Assert.Equal("0", Assert.Single(await The<IQuestionStore>().InStateAsync(QuestionState.Identifying, None)).Id);
    }

    [Fact]
    public async Task The_latest_questions_come_newest_first()
    {
        await CommitAsync(changes => changes.Questions.AddRange(
            Enumerable.Range(1, 4).Select(i => Given.Question($"{i}") with { AskedAt = Given.Noon.AddMilliseconds(i) })));

        Assert.Equal(["4", "3"], (await The<IQuestionStore>().LatestAsync(2, None)).Select(question => question.Id));
    }
}
