using System.Buffers.Binary;

namespace WeComOps.Media;

/// <summary>What the first bytes say a picture is; nothing is decoded.</summary>
internal readonly record struct PictureFormat(string ContentType, int Width, int Height)
{
    /// <summary>More than any phone's camera; a picture beyond it would fill the memory of whoever looks at it.</summary>
    private const uint MostPixels = 100_000_000;

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>Null when the bytes are neither a PNG nor a JPEG with a size.</returns>
    public static PictureFormat? Read(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Png) ? ReadPng(bytes) : ReadJpeg(bytes);

    private static PictureFormat? ReadPng(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes[12..16].SequenceEqual("IHDR"u8)
            ? Sized("image/png", BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]))
            : null;

    /// <summary>Walks the segments to the one that starts the frame.</summary>
    private static PictureFormat? ReadJpeg(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8)
        {
            return null;
        }

        var at = 2;
        while (at + 9 < bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            // C0–CF start a frame, but for the tables C4 and CC and the reserved C8.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return Sized(
                    "image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }

    private static PictureFormat? Sized(string type, uint width, uint height) =>
        width is > 0 and < 65_536 && height is > 0 and < 65_536 && width * height <= MostPixels ? new PictureFormat(type, (int)width, (int)height) : null;
}
