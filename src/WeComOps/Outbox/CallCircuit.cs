using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>
/// Whether creating calls of one kind are made at the moment. Every call whose ending is UNKNOWN is one that people may have to
/// decide on, so after a few in a row no more are made for a while; then one is tried, and an answer opens the way again. Kept in
/// memory: only the node that holds the duty calls, and one that takes over finds out by itself.
/// </summary>
internal sealed class CallCircuit(TimeProvider clock)
{
    /// <summary>So many UNKNOWN in a row are no accident any more.</summary>
    public const int MostInARow = 3;

    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    /// <summary>An outage of hours costs four trials an hour; a push that may go again waits no longer than this.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private int _inARow;
    private int _pauses;
    private DateTimeOffset? _until;
    private bool _isTrying;

    /// <summary>
    /// To be asked before anything is marked as started, and disposed of after the call. Null: not now, what is planned stays planned.
    /// </summary>
    public Turn? TryEnter()
    {
        lock (_lock)
        {
            if (_until is null)
            {
                return new Turn(this, isTrial: false);
            }

            if (_isTrying || clock.GetUtcNow() < _until)
            {
                return null;
            }

            _isTrying = true;
            return new Turn(this, isTrial: true);
        }
    }

    private DateTimeOffset? End(bool isUnknown, bool isTrial)
    {
        lock (_lock)
        {
            if (!isUnknown)
            {
                (_inARow, _pauses, _until) = (0, 0, null);
                return null;
            }

            _inARow++;
            // Calls that were under way when the pause began do not prolong it.
            if (!isTrial && (_until is not null || _inARow < MostInARow))
            {
                return null;
            }

            var pause = FirstPause * Math.Pow(2, Math.Min(_pauses++, 10));
            _until = clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
            return _until;
        }
    }

    private void Leave(bool isTrial)
    {
        lock (_lock)
        {
            _isTrying &= !isTrial;
        }
    }

    /// <summary>The right to make one call.</summary>
    internal sealed class Turn(CallCircuit circuit, bool isTrial) : IDisposable
    {
        /// <summary>When calls are made again, if this ending stops them; null: they go on, or were stopped before.</summary>
        public DateTimeOffset? End<T>(ApiResult<T> result) => result switch
        {
            ApiResult<T>.Done or ApiResult<T>.Rejected => circuit.End(isUnknown: false, isTrial),
            // Nothing was sent, so nothing was learned.
            ApiResult<T>.RetryLater => null,
            _ => circuit.End(isUnknown: true, isTrial),
        };

        public void Dispose() => circuit.Leave(isTrial);
    }
}
