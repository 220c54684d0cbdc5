using WeComOps.Inbox;

namespace WeComOps.Storage.Spill;

/// <summary>What a segment holds.</summary>
/// <param name="Messages">Every sound message, in the order in which it was received.</param>
/// <param name="CutBytes">Length of an end that was cut off while it was written: nobody was told that it was durable.</param>
/// <param name="TornBytes">
/// Length of an end that is no frame and no beginning of one. A machine that lost its power may leave it, and so may a disk that
/// changed a message: nobody can tell, so it is not thrown away.
/// </param>
/// <param name="DamagedBytes">Bytes that were written whole and changed after it: no crash explains them.</param>
internal sealed record SpillReading(IReadOnlyList<ReceivedMessage> Messages, long CutBytes, long TornBytes, long DamagedBytes)
{
    /// <summary>What has to be kept of the segment once its messages are stored.</summary>
    public SpillRest Rest => DamagedBytes > 0 ? SpillRest.Damaged : TornBytes > 0 ? SpillRest.Torn : SpillRest.None;


    public static SpillReading Of(ReadOnlySpan<byte> segment)
    {
        var messages = new List<ReceivedMessage>();
        long damaged = 0;
        while (segment.Length > 0)
        {
            if (SpillFrame.TryRead(segment, out var length) is { } message)
            {
                messages.Add(message);
                segment = segment[length..];
                continue;
            }

            var next = NextSound(segment);
            if (next < 0)
            {
                break;
            }

            // A sound frame behind it: this was written whole once.
            damaged += next;
            segment = segment[next..];
        }

        // Nothing sound follows. What announces itself as whole was written so once; its end may be followed by another.
        while (SpillFrame.WholeLength(segment) is { } whole)
        {
            damaged += whole;
            segment = segment[whole..];
        }

        var isCut = SpillFrame.IsCutOff(segment);
        return new SpillReading(messages, isCut ? segment.Length : 0, isCut ? 0 : segment.Length, damaged);
    }

    private static int NextSound(ReadOnlySpan<byte> bytes)
    {
        var from = 1;
        while (from < bytes.Length && bytes[from..].IndexOf(SpillFrame.Mark) is var found and >= 0)
        {
            from += found;
            if (SpillFrame.TryRead(bytes[from..], out _) is not null)
            {
                return from;
            }

            from++;
        }

        return -1;
    }
}
