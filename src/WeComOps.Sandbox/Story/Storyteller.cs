using WeComOps.Sandbox.Wire;

namespace WeComOps.Sandbox.Story;

/// <summary>Puts the behaviours together and runs the agenda: first everything of a tick happens, then everything it sent out is delivered.</summary>
internal sealed class Storyteller : IDisposable
{
    private const int DeliveriesAtOnce = 8;
    private readonly World _world;
    private readonly SemaphoreSlim _running = new(1, 1);

    public Storyteller(World world, CallbackSender sender, Outside outside)
    {
        _world = world;
        Callbacks = new Callbacks(world, sender);
        Groups = new GroupStory(world, Callbacks);
        Friends = new FriendStory(world, Callbacks, Groups);
        Shopping = new Shopping(world, outside);
        Questions = new QuestionStory(world, Callbacks, Shopping);
        Publishing = new Publishing(world, new Reactions(world, Friends, Groups, Questions, Shopping));
        Advice = new AdvisorReading(Friends, Groups);
        new DailyLife(world, Friends, Groups, Questions, Shopping).Begin();
    }

    public Callbacks Callbacks { get; }

    public GroupStory Groups { get; }

    public FriendStory Friends { get; }

    public Shopping Shopping { get; }

    public QuestionStory Questions { get; }

    public Publishing Publishing { get; }

    public AdvisorReading Advice { get; }

    /// <summary>Runs every tick that is due; returns when all that it caused was answered.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            while (TakeTick() is { } deliveries) await DeliverAsync(deliveries, cancellationToken);
        }
        finally
        {
            _running.Release();
        }
    }

    /// <summary>Lets a person act now; what it sends out is delivered before this returns.</summary>
    public async Task ActAsync(Action<DateTimeOffset> act, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            List<Delivery> deliveries;
            lock (_world.Gate)
            {
                // WeCom counts whole seconds.
                act(DateTimeOffset.FromUnixTimeSeconds(_world.Clock.GetUtcNow().ToUnixTimeSeconds()).ToOffset(ShanghaiTime.Offset));
                deliveries = TakeOutgoing();
            }

            await DeliverAsync(deliveries, cancellationToken);
        }
        finally
        {
            _running.Release();
        }
    }

    public void Dispose() => _running.Dispose();

    private List<Delivery>? TakeTick()
    {
        lock (_world.Gate)
        {
            if (_world.Agenda.NextDue is not { } tick || tick > _world.Clock.GetUtcNow()) return null;
            while (_world.Agenda.TryTake(tick, out var run)) run(tick);
            return TakeOutgoing();
        }
    }

    private List<Delivery> TakeOutgoing()
    {
        List<Delivery> deliveries = [.. _world.Outgoing];
        _world.Outgoing.Clear();
        return deliveries;
    }

    private static async Task DeliverAsync(List<Delivery> deliveries, CancellationToken cancellationToken)
    {
        if (deliveries.Count == 0) return;
        var lanes = deliveries.GroupBy(delivery => delivery.Lane, StringComparer.Ordinal).Select(lane => lane.ToList());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = DeliveriesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(lanes, parallel, static async (lane, cancel) =>
        {
            foreach (var delivery in lane) await delivery.Run(cancel);
        });
    }
}
