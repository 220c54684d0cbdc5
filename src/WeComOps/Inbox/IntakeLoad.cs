namespace WeComOps.Inbox;

/// <summary>
/// Whether callbacks come so fast that many share each commit. WeCom hangs up after five seconds; what is done with a stored
/// message can wait a little, so whoever does it makes room meanwhile. Of this process only.
/// </summary>
/// <param name="clock">Real time, also where days are virtual.</param>
public sealed class IntakeLoad(TimeProvider clock)
{
    /// <summary>Messages in one commit from which on callers queue for the processor or the disk; a quiet service has one or two.</summary>
    public const int Crowd = 16;

    /// <summary>How long a crowded commit counts: some commits of a busy service.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMilliseconds(200);

    private long _crowdedUntil = long.MinValue;

    public bool IsCrowded => clock.GetTimestamp() < Interlocked.Read(ref _crowdedUntil);

    /// <summary>Messages became durable together.</summary>
    public void Stored(int messages)
    {
        if (messages >= Crowd)
        {
            Interlocked.Exchange(ref _crowdedUntil, clock.GetTimestamp() + (long)(Memory.TotalSeconds * clock.TimestampFrequency));
        }
    }
}
