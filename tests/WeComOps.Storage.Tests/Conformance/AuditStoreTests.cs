using WeComOps.Access;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class AuditStoreTests : ConformanceTests
{
    [Fact]
    public async Task Entries_form_a_chain_that_holds_also_after_a_restart()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CommitAsync(changes => changes.Audit.AddRange([Entry($"{i}a"), Entry($"{i}b")]))));
        await RestartAsync();
        await CommitAsync(changes => changes.Audit.Add(Entry("last") with { Detail = null }));

        var verification = await The<IAuditStore>().VerifyAsync(None);
        var latest = await The<IAuditStore>().LatestAsync(2, None);

        Assert.True(verification.Holds);
        Assert.Equal(41, verification.Entries);
        Assert.Equal(verification.Head, latest[0].Hash);
        Assert.Equal(Entry("last") with { Detail = null }, latest[0].Entry);
        Assert.Equal([41, 40], latest.Select(record => record.Seq));
        Assert.Equal(latest[1].Hash, latest[0].PreviousHash);
    }

    [Fact]
    public async Task An_empty_chain_holds()
    {
        var verification = await The<IAuditStore>().VerifyAsync(None);

        Assert.Equal(new AuditVerification(0, new string('0', 64), null), verification);
    }

    [Fact]
    public async Task A_failed_change_set_leaves_no_gap_in_the_chain()
    {
        await CommitAsync(changes => changes.Audit.Add(Entry("1")));
        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(changes =>
        {
            changes.Audit.Add(Entry("lost"));
            changes.Facts.Add(Given.Fact("1") with { Amount = 0.001m });
        }));
        await CommitAsync(changes => changes.Audit.Add(Entry("2 \0 \ud83d")));

        Assert.Equal(new AuditVerification(2, (await The<IAuditStore>().LatestAsync(1, None))[0].Hash, null), await The<IAuditStore>().VerifyAsync(None));
    }

    private static AuditEntry Entry(string subject) => new(Given.Noon, "editor1", "template.approve", subject, "说明");
}
