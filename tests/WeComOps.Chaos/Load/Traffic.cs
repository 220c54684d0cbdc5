using System.Collections.Concurrent;

namespace WeComOps.Chaos.Load;

/// <summary>Keeps callbacks coming at a rate, with a burst of one second now and then, until it is stopped.</summary>
internal sealed class Traffic(EventMaker maker, Poster poster, Dice dice, int perSecond, TimeProvider clock)
{
    /// <summary>Callbacks under way; beyond it new ones wait, as WeCom's own queues would.</summary>
    private const int MostUnderWay = 400;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Task, bool> _underWay = new();
    private volatile bool _large;
    private int _bursts;

    /// <summary>Callbacks of tens of KiB, which fill what they are kept in.</summary>
    public bool Large
    {
        get => _large;
        set => _large = value;
    }

    /// <summary>Returns once everything that was begun has ended.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var nextBurst = TimeSpan.FromSeconds(2);
        var made = 0;
        using var timer = new PeriodicTimer(Beat, clock);
        while (!stop.IsCancellationRequested)
        {
            var elapsed = clock.GetElapsedTime(began);
            for (; made < elapsed.TotalSeconds * perSecond && _underWay.Count < MostUnderWay; made++)
            {
                Begin(_large ? maker.Large() : maker.Next());
            }

            // What could not be begun while no node answered is not made up for.
            made = Math.Max(made, (int)(elapsed.TotalSeconds * perSecond));
            if (elapsed > nextBurst)
            {
                nextBurst = elapsed + dice.Between(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(12));
                foreach (var sent in maker.Burst(_bursts++))
                {
                    Begin(sent);
                }
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(_underWay.Keys);
    }

    private void Begin(SentEvent sent)
    {
        var task = poster.DeliverAsync(sent, CancellationToken.None);
        _underWay[task] = true;
        _ = task.ContinueWith(
            done => _underWay.TryRemove(done, out var _), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }
}
