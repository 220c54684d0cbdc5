namespace WeComOps.Storage.Tests.Spill;

/// <summary>Timers fire when a test says so, and a test can wait until one was set.</summary>
internal sealed class PatienceClock : TimeProvider
{
    private readonly TaskCompletionSource<(TimerCallback Callback, object? State, TimeSpan After)> _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fires the first timer as soon as it is set; how long it was set for.</summary>
    public async Task<TimeSpan> RunOutAsync()
    {
        var (callback, state, after) = await _set.Task.WaitAsync(TimeSpan.FromSeconds(30));
        callback(state);
        return after;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _set.TrySetResult((callback, state, dueTime));
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
