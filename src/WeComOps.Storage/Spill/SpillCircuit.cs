using Microsoft.Extensions.Logging;
using WeComOps.Inbox;
using WeComOps.Primitives;

namespace WeComOps.Storage.Spill;

/// <summary>
/// Decides where messages become durable. Closed: in the store. Once the store refuses or takes too long: in the spill folder, and
/// everything after goes there too, so that the order holds and nobody waits for the store again. Only when the last spilled message
/// is in the store does it close, with no message in between.
/// </summary>
internal sealed partial class SpillCircuit(
    SpillFolder folder, IMessageLog store, SpillMetrics metrics, TimeProvider waiting, ILogger<SpillCircuit> logger) : IDisposable
{
    /// <summary>WeCom hangs up after 5 s: time must be left for the spill, also for a message that waited behind a slow batch.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Nobody waits for a replay, so a store that is only slow may take its time.</summary>
    private static readonly TimeSpan ReplayPatience = TimeSpan.FromSeconds(30);

    private const int ReplayBatch = 1024;

    /// <summary>Callers wait while the last of the spill is replayed, so it must not be much.</summary>
    private const int LastReplayBytes = 256 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>One replay at a time: the oldest segment is removed once.</summary>
    private readonly SemaphoreSlim _replaying = new(1, 1);
    private volatile bool _isSpilling;
    private bool _isUnavailable;

    /// <summary>Something waits in the spill folder.</summary>
    public bool IsSpilling => _isSpilling;

    /// <summary>Takes the spill folder and what an earlier process left in it. Again: does nothing.</summary>
    /// <exception cref="StorageLockedException">Another process has it.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Open();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Returns once the messages are durable, here or there.</summary>
    /// <exception cref="IOException">They are not: nobody must be told that they are.</exception>
    public async Task StoreAsync(ReceivedMessage[] messages)
    {
        await _gate.WaitAsync();
        try
        {
            OpenIfPossible();
            if (!_isSpilling && await TryStoreAsync(messages))
            {
                return;
            }

            Spill(messages);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Brings the oldest segment into the store; false when nothing is left and messages go to the store again.</summary>
    /// <exception cref="IOException">The store does not take it now; nothing was removed.</exception>
    public async Task<bool> ReplayAsync(CancellationToken cancellationToken)
    {
        await _replaying.WaitAsync(cancellationToken);
        try
        {
            return await ReplayOldestAsync(cancellationToken);
        }
        finally
        {
            _replaying.Release();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _replaying.Dispose();
        folder.Dispose();
    }

    private async Task<bool> ReplayOldestAsync(CancellationToken cancellationToken)
    {
        if (await OldestAsync(cancellationToken) is not { } segment)
        {
            return false;
        }

        var rest = await ReplayAsync(segment, ReplayPatience, cancellationToken);
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            folder.Remove(rest);
            await CloseAsync();
            return _isSpilling;
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Open()
    {
        if (!folder.IsOpen)
        {
            folder.Open();
            _isSpilling = !folder.IsEmpty;
        }
    }

    /// <summary>A host has opened the folder at start. Without one (a command, a test) the store alone must do when it cannot be had.</summary>
    private void OpenIfPossible()
    {
        if (folder.IsOpen || _isUnavailable)
        {
            return;
        }

        try
        {
            Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageLockedException)
        {
            _isUnavailable = true;
            Log.NoFolder(logger, e);
        }
    }

    private async Task<bool> TryStoreAsync(ReceivedMessage[] messages)
    {
        try
        {
            await StoreInTimeAsync(messages, Patience, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Whatever it was: the messages are not known to be durable, and the spill can make them so.
            Log.StoreRefused(logger, messages.Length, e);
            return false;
        }

        Milestone.Reach(Milestone.CallbackStored);
        metrics.Stored(messages.Length);
        return true;
    }

    private async Task StoreInTimeAsync(IReadOnlyList<ReceivedMessage> messages, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var abandoned = new CancellationTokenSource();
        var storing = store.StoreAsync(messages, abandoned.Token);
        try
        {
            await storing.WaitAsync(limit, waiting, cancellationToken);
        }
        catch (Exception e) when (!storing.IsCompleted)
        {
            // If it has begun it may still succeed: then the same messages come twice, which changes nothing.
            await abandoned.CancelAsync();
            _ = ForgetAsync(storing);
            if (e is TimeoutException)
            {
                throw new IOException($"The store has not answered within {limit.TotalSeconds} s.", e);
            }

            throw;
        }
    }

    private async Task ForgetAsync(Task storing)
    {
        try
        {
            await storing;
        }
        catch (OperationCanceledException)
        {
            // It had not begun.
        }
        catch (Exception e)
        {
            Log.LateRefusal(logger, e);
        }
    }

    private void Spill(ReceivedMessage[] messages)
    {
        try
        {
            if (!folder.IsOpen)
            {
                throw new IOException("The store does not answer and there is no spill folder to keep callbacks in.");
            }

            folder.Append(messages);
        }
        catch (Exception e)
        {
            metrics.Unstored(messages.Length);
            Log.NothingDurable(logger, messages.Length, e);
            throw e as IOException ?? new IOException("Neither the store nor the spill folder took the messages.", e);
        }

        _isSpilling = true;
        Milestone.Reach(Milestone.CallbackSpilled);
        metrics.Spilled(messages.Length);
    }

    private async Task<SpillSegment?> OldestAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (folder.Oldest() is null)
            {
                folder.Seal();
            }

            var oldest = folder.Oldest();
            _isSpilling = oldest is not null;
            return oldest;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The store has just taken a segment. What little came meanwhile is replayed while callers wait, so that none comes between.</summary>
    private async Task CloseAsync()
    {
        if (folder.Oldest() is not null || folder.ActiveBytes > LastReplayBytes)
        {
            return;
        }

        folder.Seal();
        if (folder.Oldest() is { } last)
        {
            folder.Remove(await ReplayAsync(last, Patience, CancellationToken.None));
        }

        _isSpilling = false;
        Log.Closed(logger);
    }

    /// <summary>What must be put aside because it could not be read or stored.</summary>
    private async Task<SpillRest> ReplayAsync(SpillSegment segment, TimeSpan limit, CancellationToken cancellationToken)
    {
        var reading = SpillReading.Of(await File.ReadAllBytesAsync(segment.Path, cancellationToken));
        var refused = 0;
        foreach (var batch in reading.Messages.Chunk(ReplayBatch))
        {
            try
            {
                await StoreInTimeAsync(batch, limit, cancellationToken);
            }
            catch (InvalidDataException)
            {
                refused += await ReplayOneByOneAsync(batch, limit, cancellationToken);
            }
        }

        Milestone.Reach(Milestone.SpillReplayed);
        metrics.Replayed(reading.Messages.Count - refused);
        Log.Replayed(logger, reading.Messages.Count - refused, Path.GetFileName(segment.Path));
        if (reading.CutBytes > 0)
        {
            Log.CutOff(logger, reading.CutBytes, segment.Path);
        }

        var rest = refused > 0 ? SpillRest.Damaged : reading.Rest;
        if (rest == SpillRest.Damaged)
        {
            Log.Damaged(logger, segment.Path, reading.DamagedBytes, refused);
        }
        else if (rest == SpillRest.Torn)
        {
            Log.Torn(logger, segment.Path, reading.TornBytes);
        }

        return rest;
    }

    private async Task<int> ReplayOneByOneAsync(ReceivedMessage[] batch, TimeSpan limit, CancellationToken cancellationToken)
    {
        var refused = 0;
        foreach (var message in batch)
        {
            try
            {
                await StoreInTimeAsync([message], limit, cancellationToken);
            }
            catch (InvalidDataException)
            {
                // One message that no store will ever take must not hold up all others; its segment is kept and named.
                refused++;
            }
        }

        return refused;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The store did not take {Messages} callbacks; they go to the spill folder until it takes them back")]
        public static partial void StoreRefused(ILogger logger, int messages, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "A store that was too slow has refused in the end; the callbacks are in the spill folder")]
        public static partial void LateRefusal(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Critical, "{Messages} callbacks could be written nowhere and are not acknowledged: bring the store back, or give the spill folder room")]
        public static partial void NothingDurable(ILogger logger, int messages, Exception exception);

        [LoggerMessage(4, LogLevel.Information, "{Messages} callbacks of {Segment} are in the store")]
        public static partial void Replayed(ILogger logger, int messages, string segment);

        [LoggerMessage(5, LogLevel.Information, "Everything spilled is in the store; callbacks go there again")]
        public static partial void Closed(ILogger logger);

        [LoggerMessage(6, LogLevel.Warning, "{Bytes} bytes at the end of {Segment} were cut off: a write that a crash ended before anyone was told it was done")]
        public static partial void CutOff(ILogger logger, long bytes, string segment);

        [LoggerMessage(7, LogLevel.Critical, "{Segment} has {Bytes} bytes that were changed after they were written and {Refused} callbacks that the store refuses; it is kept as .damaged for a person to look at, the rest of it is in the store")]
        public static partial void Damaged(ILogger logger, string segment, long bytes, int refused);

        [LoggerMessage(8, LogLevel.Error, "There is no spill folder: while the store does not answer, callbacks are not acknowledged")]
        public static partial void NoFolder(ILogger logger, Exception exception);

        [LoggerMessage(9, LogLevel.Warning, "{Segment} ends in {Bytes} bytes that are no callback and no beginning of one; everything before them is in the store. After a loss of power they may be what the disk had not written: then remove the file, which is kept as .torn. Otherwise look at the disk, and ask for a comparison with the lists on the console")]
        public static partial void Torn(ILogger logger, string segment, long bytes);
    }
}
