using System.Buffers;
using System.Globalization;
using WeComOps.Inbox;

namespace WeComOps.Storage.Spill;

/// <summary>
/// The messages that wait for the store, in numbered segments of about 16 MiB. Used by one caller at a time, except that a
/// sealed segment may be read beside it. One process has the folder: a lock file says so for as long as it lives.
/// </summary>
internal sealed class SpillFolder(string path, long limit) : IDisposable
{
    private const string Extension = ".spill";
    private const string DamagedExtension = ".damaged";
    private const string TornExtension = ".torn";
    private const int SegmentBytes = 16 * 1024 * 1024;
    private const int KeptBuffer = 1024 * 1024;

    private readonly Queue<SpillSegment> _sealed = new();
    private ArrayBufferWriter<byte> _buffer = new();
    private SpillSegment? _active;
    private FileStream? _lock;
    private long _next = 1;
    private long _bytes;

    public bool IsOpen => _lock is not null;

    public string FullName => path;

    /// <summary>Bytes that wait; may be read by anyone.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public bool IsEmpty => _sealed.Count == 0 && _active is null;

    /// <summary>Bytes of the segment that is being written.</summary>
    public long ActiveBytes => _active?.Length ?? 0;

    /// <summary>Segments that were put aside because something had changed them; a person looks at them and removes them.</summary>
    public int Damaged { get; private set; }

    /// <summary>Segments that were put aside because nobody can tell what their end was; a person looks at them and removes them.</summary>
    public int Torn { get; private set; }

    /// <summary>Takes the folder and finds what an earlier process left in it.</summary>
    /// <exception cref="StorageLockedException">Another process has it.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Open()
    {
        System.IO.Directory.CreateDirectory(path);
        _lock = Lock();
        DurableFolder.Flush(path);
        foreach (var file in System.IO.Directory.EnumerateFiles(path, "*" + Extension).Order(StringComparer.Ordinal))
        {
            _next = Math.Max(_next, NumberOf(file) + 1);
            Keep(SpillSegment.Existing(file));
        }

        Damaged = CountAside(DamagedExtension);
        Torn = CountAside(TornExtension);
    }

    /// <summary>Returns once the messages are on disk.</summary>
    /// <exception cref="IOException">They are not: the limit is reached or the disk refuses.</exception>
    public void Append(IReadOnlyList<ReceivedMessage> messages)
    {
        foreach (var message in messages)
        {
            SpillFrame.Write(_buffer, message);
        }

        try
        {
            Append(_buffer.WrittenSpan);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The spill folder {path} cannot be written: {e.Message}", e);
        }
        finally
        {
            _buffer.ResetWrittenCount();
            if (_buffer.Capacity > KeptBuffer)
            {
                _buffer = new ArrayBufferWriter<byte>();
            }
        }
    }

    /// <summary>Nothing is added to the active segment any more; the next message begins a new one.</summary>
    public void Seal()
    {
        if (_active is { } active)
        {
            _active = null;
            active.Dispose();
            _sealed.Enqueue(active);
        }
    }

    /// <summary>The oldest segment that is sealed.</summary>
    public SpillSegment? Oldest() => _sealed.TryPeek(out var oldest) ? oldest : null;

    /// <summary>The oldest segment is in the store: it goes, or is put aside when a part of it could not be read.</summary>
    public void Remove(SpillRest rest)
    {
        var segment = _sealed.Dequeue();
        Interlocked.Add(ref _bytes, -segment.Length);
        switch (rest)
        {
            case SpillRest.Damaged:
                File.Move(segment.Path, Path.ChangeExtension(segment.Path, DamagedExtension), overwrite: false);
                Damaged++;
                break;
            case SpillRest.Torn:
                File.Move(segment.Path, Path.ChangeExtension(segment.Path, TornExtension), overwrite: false);
                Torn++;
                break;
            default:
                File.Delete(segment.Path);
                break;
        }

        DurableFolder.Flush(path);
    }

    public void Dispose()
    {
        _active?.Dispose();
        _lock?.Dispose();
    }

    private void Append(ReadOnlySpan<byte> frames)
    {
        if (Bytes + frames.Length > limit)
        {
            throw new IOException($"The spill folder {path} holds {Bytes} bytes and has reached its limit (Storage:SpillLimitMb). Bring the store back, or raise the limit.");
        }

        _active ??= SpillSegment.Create(Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{_next++:D16}{Extension}")));
        var before = _active.Length;
        try
        {
            _active.Append(frames);
        }
        catch
        {
            Interlocked.Add(ref _bytes, _active.Length - before);
            Seal();
            throw;
        }

        Interlocked.Add(ref _bytes, frames.Length);
        if (_active.Length >= SegmentBytes)
        {
            Seal();
        }
    }

    private void Keep(SpillSegment segment)
    {
        _sealed.Enqueue(segment);
        Interlocked.Add(ref _bytes, segment.Length);
    }

    private int CountAside(string extension)
    {
        var files = System.IO.Directory.GetFiles(path, "*" + extension);
        _next = files.Select(file => NumberOf(file) + 1).Append(_next).Max();
        return files.Length;
    }

    private FileStream Lock()
    {
        var file = Path.Combine(path, "lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(file))
        {
            throw new StorageLockedException($"Another process keeps callbacks in {path}. Give each process a folder of its own (Storage:SpillFolder).", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The spill folder {path} cannot be written. Callbacks are kept there while the store does not answer: give the service the right to write, or set Storage:SpillFolder.", e);
        }
    }

    private static long NumberOf(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
