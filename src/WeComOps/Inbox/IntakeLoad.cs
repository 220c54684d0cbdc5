namespace WeComOps.Inbox;

/// <summary>
/// Whether callbacks come fast. WeCom hangs up after five seconds; what is done with a stored message can wait a little, so
/// whoever does it makes room meanwhile. Of this process only.
/// </summary>
/// <param name="clock">Real time, also where days are virtual.</param>
public sealed class IntakeLoad(TimeProvider clock)
{
    /// <summary>Messages within <see cref="Window"/> from which on callers feel what else this process does: 200 a second.</summary>
    public const int Crowd = 40;

    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a crowd counts after the last message that was one of it.</summary>
    public static readonly TimeSpan Memory = 2 * Window;

    private readonly Lock _lock = new();
    private long _windowFrom = clock.GetTimestamp();
    private long? _crowdedAt;
    private int _inWindow;

    public bool IsCrowded
    {
        get
        {
            lock (_lock)
            {
                return _crowdedAt is { } last && clock.GetElapsedTime(last) < Memory;
            }
        }
    }

    /// <summary>Messages became durable together.</summary>
    public void Stored(int messages)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            if (clock.GetElapsedTime(_windowFrom, now) >= Window)
            {
                (_windowFrom, _inWindow) = (now, 0);
            }

            _inWindow += messages;
            if (_inWindow >= Crowd)
            {
                _crowdedAt = now;
            }
        }
    }
}
