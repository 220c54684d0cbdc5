using System.Diagnostics;
using System.Net.Sockets;

namespace WeComOps.Benchmarks.Load;

/// <summary>
/// Drives connections from one thread, which never sleeps: it has a core of its own. Closed loop: each connection sends again as soon as
/// it was answered. Open loop: callbacks are due at a fixed rate whatever the server does, and latency counts from when each was due.
/// </summary>
internal sealed class Phase(Connection[] connections)
{
    private readonly Stack<Connection> _idle = new(connections);
    private readonly Dictionary<Socket, Connection> _busy = new(connections.Length);
    private readonly List<Socket> _readable = new(connections.Length);
    private readonly List<long> _latencies = new(1 << 20);

    /// <summary>Ids of what was answered 200.</summary>
    public List<byte[]> Stored { get; } = [];

    public int Failed { get; private set; }

    /// <param name="callbacks">Sent in order until they are used up or the time is over.</param>
    /// <param name="perSecond">Null: as fast as answers come.</param>
    /// <param name="seconds">Answers after that time are awaited but not counted.</param>
    public PhaseResult Run(PreparedCallback[] callbacks, double? perSecond, double seconds)
    {
        _latencies.Clear();
        var failedBefore = Failed;
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(seconds * Stopwatch.Frequency);
        var interval = perSecond is { } rate ? Stopwatch.Frequency / rate : 0;
        var next = 0;
        var lastCounted = start;
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            while (next < callbacks.Length && now < end && _idle.Count > 0 && start + (long)(next * interval) is var due && due <= now)
            {
                Send(callbacks[next++], perSecond is null ? now : due);
                now = Stopwatch.GetTimestamp();
            }

            var isOver = next == callbacks.Length || now >= end;
            if (_busy.Count == 0)
            {
                if (isOver)
                {
                    break;
                }

                continue;
            }

            if (Poll(end) is > 0 and var counted)
            {
                lastCounted = counted;
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(start, Math.Min(end, Math.Max(lastCounted, start + 1))).TotalSeconds;
        return PhaseResult.Of(_latencies, elapsed, Failed - failedBefore, perSecond);
    }

    private void Send(in PreparedCallback callback, long due)
    {
        var connection = _idle.Pop();
        connection.Send(callback, due);
        _busy.Add(connection.Socket, connection);
    }

    /// <returns>When the last answer that counts came, 0 if none did.</returns>
    private long Poll(long end)
    {
        _readable.Clear();
        _readable.AddRange(_busy.Keys);
        Socket.Select(_readable, null, null, 0);
        var counted = 0L;
        foreach (var socket in _readable)
        {
            var connection = _busy[socket];
            var status = connection.Receive();
            if (status == 0)
            {
                continue;
            }

            _busy.Remove(socket);
            _idle.Push(connection);
            if (status != 200)
            {
                Failed++;
                continue;
            }

            Stored.Add(connection.Callback.Id);
            var now = Stopwatch.GetTimestamp();
            if (now <= end)
            {
                _latencies.Add(now - connection.Due);
                counted = now;
            }
        }

        return counted;
    }
}
