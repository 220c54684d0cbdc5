using System.Diagnostics;
using WeComOps.Primitives;
using WeComOps.Storage.Spill;

namespace WeComOps.Storage.Tests.Spill;

public sealed class SpillTests : IDisposable
{
    private readonly MemoryLog _store = new();
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("wecomops-spill-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task While_the_store_refuses_callbacks_are_kept_and_later_stored_in_their_order()
    {
        await using var bench = Bench();
        await bench.TakeAsync(Enumerable.Range(0, 5));
        _store.Refuses = true;
        await bench.TakeAsync(Enumerable.Range(5, 50));
        await Assert.ThrowsAsync<IOException>(bench.ReplayAllAsync);
        Assert.Equal(SpillBench.Ids(Enumerable.Range(0, 5)), bench.Stored);

        _store.Refuses = false;
        await bench.ReplayAllAsync();
        await bench.TakeAsync(55);

        Assert.Equal(Enumerable.Range(0, 56).Select(number => SpillBench.Message(number)), _store.Messages);
        Assert.Empty(bench.Files);
        Assert.Equal(0, bench.Folder.Bytes);
        Assert.False(bench.Circuit.IsSpilling);
    }

    [Fact]
    public async Task A_store_that_hangs_is_left_after_two_seconds_and_nobody_waits_for_it_again()
    {
        var clock = new PatienceClock();
        await using var bench = Bench(clock: clock);
        _store.Hangs = true;

        var first = bench.TakeAsync(0);
        Assert.Equal(TimeSpan.FromSeconds(2), await clock.RunOutAsync());
        await first;
        await bench.TakeAsync(Enumerable.Range(1, 20));

        Assert.Equal(1, _store.Calls);
        Assert.Empty(bench.Stored);
        _store.Hangs = false;
        await bench.ReplayAllAsync();
        Assert.Equal(SpillBench.Ids(Enumerable.Range(0, 21)), bench.Stored);
    }

    [Fact]
    public async Task A_callback_never_overtakes_what_is_spilled_although_the_store_is_back()
    {
        await using var bench = Bench();
        _store.Refuses = true;
        await bench.TakeAsync(0);
        _store.Refuses = false;

        await bench.TakeAsync(Enumerable.Range(1, 3));

        Assert.Empty(bench.Stored);
        await bench.ReplayAllAsync();
        Assert.Equal(SpillBench.Ids(Enumerable.Range(0, 4)), bench.Stored);
    }

    [Fact]
    public async Task The_circuit_closes_under_load_without_losing_or_reordering_anything()
    {
        await using var bench = Bench();
        _store.Refuses = true;
        await bench.TakeAsync(0);
        _store.Refuses = false;

        var load = Task.Run(() => bench.TakeAsync(Enumerable.Range(1, 2000)));
        while (bench.Circuit.IsSpilling)
        {
            await bench.ReplayAllAsync();
        }

        await load;
        Assert.Equal(SpillBench.Ids(Enumerable.Range(0, 2001)), bench.Stored);
        Assert.Empty(bench.Files);
    }

    [Fact]
    public async Task Many_callers_at_once_share_a_batch_and_each_is_stored_once()
    {
        await using var bench = Bench();
        var slow = new TaskCompletionSource();
        _store.Slow = slow.Task;
        var callers = Enumerable.Range(0, 3000).Select(number => bench.TakeAsync(number)).ToArray();
        slow.SetResult();
        await Task.WhenAll(callers);

        Assert.Equal(SpillBench.Ids(Enumerable.Range(0, 3000)), bench.Stored);
        Assert.InRange(_store.Calls, 3, 6);
    }

    [Fact]
    public async Task What_an_earlier_process_left_goes_into_the_store_first()
    {
        await using (var earlier = Bench())
        {
            _store.Refuses = true;
            await earlier.TakeAsync(Enumerable.Range(0, 3));
        }

        _store.Refuses = false;
        await using var bench = Bench();
        await bench.TakeAsync(3);
        Assert.Empty(bench.Stored);

        await bench.ReplayAllAsync();
        Assert.Equal(SpillBench.Ids(Enumerable.Range(0, 4)), bench.Stored);
        Assert.Empty(bench.Files);
    }

    [Fact]
    public async Task A_segment_is_deleted_only_after_its_commit()
    {
        await using var bench = Bench();
        _store.Refuses = true;
        await bench.TakeAsync(Enumerable.Range(0, 3));
        _store.Refuses = false;
        IReadOnlyList<string> seen = [];
        using var listening = Reached(Milestone.SpillReplayed, () => seen = bench.Files);

        await bench.ReplayAllAsync();

        Assert.Single(seen);
        Assert.Empty(bench.Files);
    }

    [Fact]
    public async Task A_replay_that_breaks_off_begins_again_and_stores_nothing_twice()
    {
        await using var bench = Bench();
        _store.Refuses = true;
        await Task.WhenAll(Enumerable.Range(0, 3000).Select(number => bench.TakeAsync(number)));
        _store.Refuses = false;
        _store.RefusesAfter = 1;

        await Assert.ThrowsAsync<IOException>(bench.ReplayAllAsync);
        Assert.NotEmpty(bench.Stored);
        Assert.Single(bench.Files);

        _store.RefusesAfter = null;
        await bench.ReplayAllAsync();
        Assert.Equal(SpillBench.Ids(Enumerable.Range(0, 3000)), bench.Stored);
    }

    [Fact]
    public async Task Segments_change_at_sixteen_mebibytes_and_keep_their_order()
    {
        await using var bench = Bench();
        _store.Refuses = true;
        await bench.TakeAsync(Enumerable.Range(0, 40), length: 1024 * 1024);

        Assert.Equal(3, bench.Files.Count);
        _store.Refuses = false;
        await bench.ReplayAllAsync();
        Assert.Equal(SpillBench.Ids(Enumerable.Range(0, 40)), bench.Stored);
        Assert.Empty(bench.Files);
    }

    [Fact]
    public async Task One_message_that_the_store_never_takes_holds_up_no_other_and_its_segment_is_kept()
    {
        await using var bench = Bench();
        _store.Poison = "id00002";
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => bench.TakeAsync(number)));
        await bench.ReplayAllAsync();

        Assert.Equal(["id00000", "id00001", "id00003", "id00004"], bench.Stored);
        Assert.Equal([".damaged"], bench.Files.Select(Path.GetExtension));
        Assert.False(bench.Circuit.IsSpilling);
    }

    [Fact]
    public async Task Two_processes_do_not_share_a_folder()
    {
        await using var first = Bench();
        await first.Circuit.OpenAsync(CancellationToken.None);
        await using var second = Bench();

        var refusal = await Assert.ThrowsAsync<StorageLockedException>(() => second.Circuit.OpenAsync(CancellationToken.None));

        Assert.Contains("Storage:SpillFolder", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, refusal.Message, StringComparison.Ordinal);
    }

    private static IDisposable Reached(string milestone, Action then) => DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
    {
        if (listener.Name == Milestone.Listener)
        {
            listener.Subscribe(new Observer<KeyValuePair<string, object?>>(reached =>
            {
                if (reached.Key == milestone)
                {
                    then();
                }
            }));
        }
    }));

    private SpillBench Bench(TimeProvider? clock = null) => new(_folder, _store, waiting: clock);

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(T value) => next(value);
    }
}
