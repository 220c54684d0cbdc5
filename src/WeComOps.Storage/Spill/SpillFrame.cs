using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using WeComOps.Inbox;

namespace WeComOps.Storage.Spill;

/// <summary>
/// One message in a segment, little-endian: <c>"WCF1" | length(4) | CRC-32C over length and payload(4) | payload</c>, the payload
/// being <c>received at, ms UTC(8) | length of the id(2) | id | body</c>, texts in UTF-8. The mark in front lets a reader find the
/// next frame behind a damaged one.
/// </summary>
internal static class SpillFrame
{
    public const int HeaderLength = 12;
    private const int FixedLength = 10;

    /// <summary>More than any message that passed the 1 MiB cap: a larger length is damage, not something to allocate for.</summary>
    private const int LargestPayload = 8 * 1024 * 1024;

    public static ReadOnlySpan<byte> Mark => "WCF1"u8;

    public static void Write(IBufferWriter<byte> buffer, ReceivedMessage message)
    {
        var idLength = Encoding.UTF8.GetByteCount(message.Id);
        var payload = FixedLength + idLength + Encoding.UTF8.GetByteCount(message.Body);
        var frame = buffer.GetSpan(HeaderLength + payload)[..(HeaderLength + payload)];
        Mark.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], payload);
        BinaryPrimitives.WriteInt64LittleEndian(frame[12..], message.ReceivedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt16LittleEndian(frame[20..], checked((ushort)idLength));
        Encoding.UTF8.GetBytes(message.Id, frame[22..]);
        Encoding.UTF8.GetBytes(message.Body, frame[(22 + idLength)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Checksum(frame));
        buffer.Advance(frame.Length);
    }

    /// <summary>The message at the start of the bytes and the length of its frame; null when there is no whole, sound frame.</summary>
    public static ReceivedMessage? TryRead(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < HeaderLength + FixedLength || !bytes.StartsWith(Mark))
        {
            return null;
        }

        var payload = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (payload is < FixedLength or > LargestPayload || payload > bytes.Length - HeaderLength)
        {
            return null;
        }

        var frame = bytes[..(HeaderLength + payload)];
        var idLength = BinaryPrimitives.ReadUInt16LittleEndian(frame[20..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]) != Checksum(frame) || idLength > payload - FixedLength)
        {
            return null;
        }

        length = frame.Length;
        return new ReceivedMessage(
            Encoding.UTF8.GetString(frame.Slice(22, idLength)),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(frame[12..])),
            Encoding.UTF8.GetString(frame[(22 + idLength)..]));
    }

    private static uint Checksum(ReadOnlySpan<byte> frame)
    {
        var crc = Add(~0u, frame.Slice(4, 4));
        return ~Add(crc, frame[HeaderLength..]);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
