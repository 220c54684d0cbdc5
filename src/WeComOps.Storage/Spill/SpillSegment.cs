using Microsoft.Win32.SafeHandles;

namespace WeComOps.Storage.Spill;

/// <summary>One file of the spill. Written by one caller at a time; what <see cref="Append"/> returned from is on disk.</summary>
internal sealed class SpillSegment : IDisposable
{
    private readonly SafeFileHandle? _file;

    private SpillSegment(string path, long length, SafeFileHandle? file) => (Path, Length, _file) = (path, length, file);

    public string Path { get; }

    public long Length { get; private set; }

    /// <summary>A segment that an earlier process left.</summary>
    public static SpillSegment Existing(string path) => new(path, new FileInfo(path).Length, file: null);

    public static SpillSegment Create(string path)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                // It holds customers' events: as private as the database.
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            DurableFolder.Flush(System.IO.Path.GetDirectoryName(path)!);
            return new SpillSegment(path, 0, file);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <exception cref="IOException">Not durable. The segment must not be appended to any more: after a failed flush nobody knows what is on disk.</exception>
    public void Append(ReadOnlySpan<byte> frames)
    {
        try
        {
            RandomAccess.Write(_file!, frames, Length);
            RandomAccess.FlushToDisk(_file!);
            Length += frames.Length;
        }
        catch (IOException)
        {
            GiveBack();
            throw;
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>A full disk keeps what fitted of a batch; nobody needs it, others may need the room.</summary>
    private void GiveBack()
    {
        try
        {
            RandomAccess.SetLength(_file!, Length);
        }
        catch (IOException)
        {
            // It stays as a torn end, which reading cuts off; the failure that matters is the caller's.
            Length = RandomAccess.GetLength(_file!);
        }
    }
}
