using WeComOps.Inbox;

namespace WeComOps.Storage.Spill;

/// <summary>What a segment holds.</summary>
/// <param name="Messages">Every sound message, in the order in which it was received.</param>
/// <param name="TornBytes">Length of an end that was cut off while it was written: nobody was told that it was durable.</param>
/// <param name="DamagedBytes">Bytes that no crash explains: something else has changed the file.</param>
internal sealed record SpillReading(IReadOnlyList<ReceivedMessage> Messages, long TornBytes, long DamagedBytes)
{
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
                return new SpillReading(messages, segment.Length, damaged);
            }

            // A sound frame behind it: this was written whole once.
            damaged += next;
            segment = segment[next..];
        }

        return new SpillReading(messages, 0, damaged);
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
