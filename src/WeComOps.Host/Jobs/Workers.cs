using WeComOps.Healing;
using WeComOps.Inbox;
using WeComOps.Links;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Host.Jobs;

/// <summary>What has to happen soon after something came in: inbox, clicks, messages and pushes that are due.</summary>
internal sealed class WorkCycle(
    InboxDispatcher inbox, ClickLog clicks, SendMessages messages, LaunchPushes launches, SettlePushes settlements, Heal heal, Duties duties)
{
    private const int MostClicks = 256;

    /// <summary>Work that any number of nodes do side by side: each message is claimed. How much was done.</summary>
    /// <param name="batch">Messages at a time.</param>
    public async Task<int> TakeInAsync(int batch, CancellationToken cancellationToken) =>
        await inbox.DispatchOnceAsync(batch, cancellationToken) + await clicks.WriteAsync(MostClicks, cancellationToken);

    /// <summary>Messages that were cut off become UNKNOWN before anything new is started; pushes see to theirs in every round.</summary>
    public Task RecoverAsync(CancellationToken cancellationToken) => messages.RecoverAsync(cancellationToken);

    /// <summary>Messages to advisors, on the one node that holds <see cref="Duties.Outbox"/>, under its fence. How much was done.</summary>
    public Task<int> SendMessagesAsync(CancellationToken cancellationToken) => messages.RunAsync(cancellationToken);

    /// <summary>Pushes, under the same fence. How much was done.</summary>
    public async Task<int> PushAsync(CancellationToken cancellationToken) => await launches.RunAsync(cancellationToken) + await settlements.RunAsync(cancellationToken);

    /// <summary>Rounds of everything, healing included, until nothing is left to do now; for a process that works alone.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var outbox = await duties.TakeAsync(Duties.Outbox, Duties.OutboxLease, cancellationToken)
            ?? throw new InvalidOperationException("Another process sends messages and pushes.");
        int done;
        do
        {
            done = await TakeInAsync(InboxDispatcher.BatchSize, cancellationToken);
            using (outbox.Enter())
            {
                done += await SendMessagesAsync(cancellationToken) + await PushAsync(cancellationToken);
            }
        }
        while (done > 0 || await heal.StepAsync(cancellationToken));
    }
}

/// <summary>
/// Runs the work cycle in real time, at once when there is work, else every half second: what comes in on every worker node,
/// what goes out where the duty is held.
/// </summary>
internal sealed class Worker(WorkCycle cycle, Duties duties, IntakeLoad load, ILogger<Worker> logger) : BackgroundService
{
    private const int SmallStep = InboxDispatcher.BatchSize / 4;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private readonly Loop _taking = new("The work on what came in", logger);
    private readonly Loop _sending = new("The work on what goes out", logger);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        _taking.RunAsync(TakeInAsync, stoppingToken),
        _sending.RunAsync(
            async token => await duties.RunAsync(Duties.Outbox, Duties.OutboxLease, SendOutAsync, token) ? TimeSpan.Zero : Loop.Asking, stoppingToken));

    /// <summary>
    /// While callbacks crowd in, small steps, and four fifths of the time belong to the callbacks alone: they are lost when they wait
    /// too long, and this is not.
    /// </summary>
    private async Task<TimeSpan> TakeInAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        if (await cycle.TakeInAsync(load.IsCrowded ? SmallStep : InboxDispatcher.BatchSize, cancellationToken) == 0)
        {
            return Idle;
        }

        var pause = 4 * TimeProvider.System.GetElapsedTime(start);
        return !load.IsCrowded ? TimeSpan.Zero : pause < Idle ? pause : Idle;
    }

    /// <summary>Side by side: an advisor's message does not wait for hundreds of creating calls, each of which may take its time-out.</summary>
    private async Task SendOutAsync(CancellationToken cancellationToken)
    {
        // Newly taken: whoever held the duty before may have called and not recorded it.
        await cycle.RecoverAsync(cancellationToken);
        await Loop.SideBySideAsync(
            cancellationToken,
            async token => await cycle.SendMessagesAsync(token) == 0 ? Idle : TimeSpan.Zero,
            async token => await cycle.PushAsync(token) == 0 ? Idle : TimeSpan.Zero);
    }
}
