using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Inbox;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests.Conformance;

/// <summary>A look at WeCom's lists and a callback that decide on one thing at once: it is recorded once, dated where the event dates it.</summary>
public abstract class LookAndCallbackTests : ConformanceTests
{
    private const string Advisor = "a1";
    private const string Customer = "c1";
    private const string Chat = "g1";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Given.Noon.ToUnixTimeSeconds());
    private static readonly DateTimeOffset Since = Now.AddDays(-9);
    private static readonly DateTimeOffset LeftAt = Now.AddMinutes(-30);
    private static readonly WeComGroupMember Member = new(Customer, External: true, Since, 1, null, null, null);
    private static readonly WeComEvent.GroupUpdated MemberLeft = new(LeftAt, Chat, "del_member", 0, [Customer], null);

    private readonly SteppedClock _clock = new(Now);
    private readonly IWeComApi _wecom;
    private readonly FakeApi _fake;

    protected LookAndCallbackTests() => (_wecom, _fake) = FakeApi.Create();

    private RecordLoss Loss => new(
        The<IDirectoryStore>(), The<ICustomerStore>(), The<IHealingStore>(), new Exposures(The<IPushStore>(), The<ICustomerStore>(), The<IGroupStore>()), _clock);

    private RecordGroup Group => new(_wecom, The<IGroupStore>(), Comparison);

    private GroupComparison Comparison => new(
        The<IDirectoryStore>(), The<ICustomerStore>(), The<IGroupStore>(), The<IInstructionStore>(), The<IHealingStore>(), new SeededEntropy(1), _clock);

    [Fact]
    public async Task A_deletion_whose_callback_comes_while_the_customer_is_asked_for_is_recorded_once_with_its_time()
    {
        await KnowAsync(HealStage.Endings);
        var asked = 0;
        _fake.On("GetCustomerIdsAsync", _ => Task.FromResult(FakeApi.Done<IReadOnlyList<string>>([])));
        _fake.On<WeComCustomer>("GetCustomerAsync", async _ =>
        {
            if (++asked == 1)
            {
                await HandleAsync(Loss, new WeComEvent.CustomerLeft(LeftAt, Advisor, Customer));
            }

            return new ApiResult<WeComCustomer>.Rejected(84061, "not external contact");
        });

        Assert.True(await Heal(The<IChangeStore>()).StepAsync(None));

        var loss = Assert.Single(await The<ILedger>().LatestAsync(FactKind.FriendLost, 10, None));
        Assert.Equal((LeftAt, null), (loss.OccurredAt, loss.Class));
        Assert.Equal((0L, 1L), ((await RunAsync()).Counts.Ended, (await RunAsync()).Counts.Pages));
    }

    [Fact]
    public async Task A_deletion_that_a_look_records_while_its_callback_is_handled_counts_once_with_the_callbacks_time()
    {
        await KnowAsync(HealStage.Endings);
        _fake.On("GetCustomerIdsAsync", _ => Task.FromResult(FakeApi.Done<IReadOnlyList<string>>([])));
        _fake.On<WeComCustomer>("GetCustomerAsync", _ => Task.FromResult<ApiResult<WeComCustomer>>(new ApiResult<WeComCustomer>.Rejected(84061, "not external contact")));
        var left = new WeComEvent.CustomerLeft(LeftAt, Advisor, Customer);
        var decided = await DecideAsync(Loss, left);

        Assert.True(await Heal(The<IChangeStore>()).StepAsync(None));
        await Assert.ThrowsAsync<ConflictException>(() => The<IChangeStore>().CommitAsync(decided, None));
        await HandleAsync(Loss, left);

        var losses = await The<ILedger>().LatestAsync(FactKind.FriendLost, 10, None);
        Assert.Equal((3, 1L), (losses.Count, losses.Sum(fact => fact.Quantity)));
        Assert.Equal(LeftAt, Assert.Single(losses, fact => fact.Class != FactClass.TimeUnknown).OccurredAt);
    }

    [Fact]
    public async Task An_addition_whose_callback_comes_while_a_look_stores_it_is_one_addition()
    {
        await KnowAsync(HealStage.Customers);
        var added = Now.AddHours(-1);
        var customer = new WeComCustomer("c2", "李四", null, 1, [new Follow(Advisor, added, 3, "c2", null, null)]);
        _fake.On("GetCustomersPageAsync", _ => Task.FromResult(FakeApi.Done(new WeComPage<WeComCustomer>([customer], ""))));
        _fake.On("GetCustomerAsync", _ => Task.FromResult(FakeApi.Done(customer)));
        var friend = new RecordFriend(_wecom, The<IDirectoryStore>(), The<ICustomerStore>(), _clock);

        // WeCom's event may say another second than its list.
        var store = new Overtaken(The<IChangeStore>(), times: 1, () => HandleAsync(friend, new WeComEvent.CustomerAdded(added.AddSeconds(1), Advisor, "c2", null, null)));
        Assert.True(await Heal(store).StepAsync(None));

        Assert.Equal(added.AddSeconds(1), Assert.Single(await The<ILedger>().LatestAsync(FactKind.FriendAdded, 10, None)).OccurredAt);
        Assert.Equal(0, (await RunAsync()).Counts.Added);
    }

    [Fact]
    public async Task A_member_whose_event_comes_while_the_group_is_read_left_once_at_the_events_time()
    {
        await KnowAsync(HealStage.Groups);
        GroupsAre([], meanwhile: () => HandleAsync(Group, MemberLeft));

        Assert.True(await Heal(The<IChangeStore>()).StepAsync(None));

        var leave = Assert.Single(await The<ILedger>().LatestAsync(FactKind.GroupLeft, 10, None));
        Assert.Equal((LeftAt, null), (leave.OccurredAt, leave.Class));
    }

    [Fact]
    public async Task A_member_whom_a_look_missed_while_their_event_was_handled_left_once_at_the_events_time()
    {
        await KnowAsync(HealStage.Groups);
        GroupsAre([], meanwhile: null);
        var decided = await DecideAsync(Group, MemberLeft);

        Assert.True(await Heal(The<IChangeStore>()).StepAsync(None));
        await Assert.ThrowsAsync<ConflictException>(() => The<IChangeStore>().CommitAsync(decided, None));
        await HandleAsync(Group, MemberLeft);

        var leaves = await The<ILedger>().LatestAsync(FactKind.GroupLeft, 10, None);
        Assert.Equal((3, 1L), (leaves.Count, leaves.Sum(fact => fact.Quantity)));
    }

    [Fact]
    public async Task An_answer_of_WeCom_that_is_older_than_an_event_does_not_make_who_left_a_member_again()
    {
        await KnowAsync(HealStage.Groups);
        var reads = 0;
        _fake.On("ListGroupsAsync", _ => Task.FromResult(FakeApi.Done<IReadOnlyList<string>>([Chat])));
        _fake.On<WeComGroup>("GetGroupAsync", async _ =>
        {
            if (++reads == 1)
            {
                await HandleAsync(Group, MemberLeft);
                return FakeApi.Done(Shown(Member));
            }

            return FakeApi.Done(Shown());
        });

        Assert.True(await Heal(The<IChangeStore>()).StepAsync(None));

        Assert.Equal(LeftAt, Assert.Single(await The<IGroupStore>().MembersAsync(Chat, None)).LeftAt);
        Assert.Equal(LeftAt, Assert.Single(await The<ILedger>().LatestAsync(FactKind.GroupLeft, 10, None)).OccurredAt);
    }

    [Fact]
    public async Task A_page_that_callbacks_overtake_again_and_again_waits_and_stores_nothing()
    {
        await KnowAsync(HealStage.Endings);
        _fake.On("GetCustomerIdsAsync", _ => Task.FromResult(FakeApi.Done<IReadOnlyList<string>>([])));
        _fake.On<WeComCustomer>("GetCustomerAsync", _ => Task.FromResult<ApiResult<WeComCustomer>>(new ApiResult<WeComCustomer>.Rejected(84061, "not external contact")));
        var store = new Overtaken(The<IChangeStore>(), times: 3, async () =>
        {
            var known = (await The<ICustomerStore>().FindFriendshipAsync(Advisor, Customer, None))!;
            await CommitAsync(changes => changes.Friendships.Add(known));
        });

        Assert.False(await Heal(store).StepAsync(None));

        var run = await RunAsync();
        Assert.Equal((HealStage.Endings, 0L), (run.Stage, run.Counts.Pages));
        Assert.Contains("changed since it was read", run.Hindrance, StringComparison.Ordinal);
        Assert.True(run.HeldUntil > Now);
        Assert.Empty(await The<ILedger>().LatestAsync(null, 10, None));
    }

    [Theory]
    [InlineData(90501)]
    [InlineData(49008)]
    public async Task An_event_of_a_group_that_is_gone_is_handled_and_ends_the_group(int code)
    {
        await KnowAsync(HealStage.Groups);
        _fake.On<WeComGroup>("GetGroupAsync", _ => Task.FromResult<ApiResult<WeComGroup>>(new ApiResult<WeComGroup>.Rejected(code, "gone")));

        await HandleAsync(Group, MemberLeft);
        await HandleAsync(Group, new WeComEvent.GroupCreated(LeftAt, "never heard of"));

        Assert.True((await The<IGroupStore>().FindAsync(Chat, None))!.Dismissed);
        Assert.Single(await The<IGroupStore>().ListAsync(None));
        Assert.Empty(await The<ILedger>().LatestAsync(null, 10, None));
    }

    private static WeComGroup Shown(params WeComGroupMember[] members) => new(Chat, "群", Advisor, Since, "v2", members);

    /// <summary>One advisor with one friend, who is in one group, and a run at this stage.</summary>
    private async Task KnowAsync(HealStage stage)
    {
        await CommitAsync(changes =>
        {
            changes.Members.Add(new Member(Advisor, "张三", null, "b1", HasCustomers: true, Active: true));
            changes.Friendships.Add(new Friendship(Advisor, Customer, Since, 1, Advisor, null, LostAt: null));
            changes.Groups.Add(new CustomerGroup(Chat, "群", Advisor, Since, "v1", Dismissed: false, Instruction: null));
            changes.GroupMembers.Add(new GroupMembership(Chat, Customer, Since, LeftAt: null, State: null));
            changes.HealRuns.Add(new HealRun(
                "r1", HealReason.Nightly, Now, Since.AddDays(-1), After: "", [Advisor], stage, Cursor: "", new HealCounts(), HeldUntil: null, Hindrance: null, FinishedAt: null));
        });
    }

    private void GroupsAre(WeComGroupMember[] members, Func<Task>? meanwhile)
    {
        _fake.On("ListGroupsAsync", _ => Task.FromResult(FakeApi.Done<IReadOnlyList<string>>([Chat])));
        _fake.On<WeComGroup>("GetGroupAsync", async _ =>
        {
            if (meanwhile is { } overtake)
            {
                meanwhile = null;
                await overtake();
            }

            return FakeApi.Done(Shown(members));
        });
    }

    /// <summary>The stages that follow are not reached.</summary>
    private Heal Heal(IChangeStore changes) => new(
        The<IHealingStore>(), The<IDirectoryStore>(), changes, new HealCustomers(_wecom, The<ICustomerStore>(), _clock), new HealEndings(_wecom, The<ICustomerStore>(), _clock),
        new HealGroups(_wecom, The<IGroupStore>(), Comparison, _clock), results: null!, _clock, NullLogger<Heal>.Instance);

    private async Task<HealRun> RunAsync() => (await The<IHealingStore>().LatestAsync(None))!;

    private static async Task<Changes> DecideAsync(IMessageHandler handler, WeComEvent message) =>
        ((Handled.Done)await handler.HandleAsync(message, new InboxItem("m1", handler.Name, "", message.At, 0, "claim"), None)).Changes;

    private async Task HandleAsync(IMessageHandler handler, WeComEvent message) =>
        await The<IChangeStore>().CommitAsync(await DecideAsync(handler, message), None);

    /// <summary>Others commit just before some of its commits.</summary>
    private sealed class Overtaken(IChangeStore changes, int times, Func<Task> overtake) : IChangeStore
    {
        private int _left = times;

        public async Task CommitAsync(Changes decided, CancellationToken cancellationToken)
        {
            if (_left-- > 0)
            {
                await overtake();
            }

            await changes.CommitAsync(decided, cancellationToken);
        }
    }
}
