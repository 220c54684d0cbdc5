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
        if (AnnouncedPayload(bytes) is not { } payload || payload > bytes.Length - HeaderLength)
        {
            return null;
        }

        var frame = bytes[..(HeaderLength + payload)];
        var idLength = BinaryPrimitives.ReadUInt16LittleEndian(frame[20..]);
        if (ReadChecksum(frame) != Checksum(frame) || idLength > payload - FixedLength)
        {
            return null;
        }

        length = frame.Length;
        return new ReceivedMessage(
            Encoding.UTF8.GetString(frame.Slice(22, idLength)),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(frame[12..])),
            Encoding.UTF8.GetString(frame[(22 + idLength)..]));
    }

    /// <summary>
    /// Length of the frame that the bytes announce and hold whole; null when they begin with no frame, or with only a part of one.
    /// </summary>
    public static int? WholeLength(ReadOnlySpan<byte> bytes)
    {
        if (AnnouncedPayload(bytes) is not { } payload)
        {
            return null;
        }

        if (payload <= bytes.Length - HeaderLength)
        {
            return HeaderLength + payload;
        }

        // What is there may be all of it, with a length that was changed: then the checksum fits what is there.
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length - HeaderLength);
        return ReadChecksum(bytes) == Checksum(length, bytes[HeaderLength..]) ? bytes.Length : null;
    }

    /// <summary>Whether the bytes are the beginning of a frame whose rest was never written.</summary>
    public static bool IsCutOff(ReadOnlySpan<byte> bytes) => bytes.Length < HeaderLength
        ? bytes.StartsWith(Mark[..Math.Min(Mark.Length, bytes.Length)])
        : AnnouncedPayload(bytes) > bytes.Length - HeaderLength && WholeLength(bytes) is null;

    /// <summary>Null where there is no header, or one that announces what no frame has.</summary>
    private static int? AnnouncedPayload(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength && bytes.StartsWith(Mark)
            && BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) is >= FixedLength and <= LargestPayload and var payload
            ? payload
            : null;

    private static uint ReadChecksum(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]);

    private static uint Checksum(ReadOnlySpan<byte> frame) => Checksum(frame.Slice(4, 4), frame[HeaderLength..]);

    private static uint Checksum(ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload) => ~Add(Add(~0u, length), payload);

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
