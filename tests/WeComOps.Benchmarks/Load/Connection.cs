using System.Net;
using System.Net.Sockets;

namespace WeComOps.Benchmarks.Load;

/// <summary>One keep-alive connection with at most one request under way.</summary>
internal sealed class Connection(int port) : IDisposable
{
    private readonly byte[] _answer = new byte[8 * 1024];
    private int _length;

    public Socket Socket { get; private set; } = Connect(port);

    /// <summary>The callback under way.</summary>
    public PreparedCallback Callback { get; private set; }

    /// <summary>When it should have left, as a time stamp: a late start counts against the server that caused it.</summary>
    public long Due { get; private set; }

    public void Send(in PreparedCallback callback, long due)
    {
        Callback = callback;
        Due = due;
        _length = 0;
        for (var sent = 0; sent < callback.Bytes.Length;)
        {
            sent += Socket.Send(callback.Bytes.AsSpan(sent));
        }
    }

    /// <summary>The status once the answer is whole; 0 while it is not; -1 when the server closed the connection, which is then new.</summary>
    public int Receive()
    {
        int read;
        try
        {
            read = Socket.Receive(_answer.AsSpan(_length));
        }
        catch (SocketException)
        {
            read = 0;
        }

        if (read == 0)
        {
            Socket.Dispose();
            Socket = Connect(port);
            return -1;
        }

        _length += read;
        var text = _answer.AsSpan(0, _length);
        var end = text.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        // Every server under test answers with an empty body of announced length.
        return text[..(end + 2)].IndexOf("Content-Length: 0\r\n"u8) >= 0
            ? ((text[9] - '0') * 100) + ((text[10] - '0') * 10) + text[11] - '0'
            : throw new InvalidOperationException("An answer without 'Content-Length: 0'.");
    }

    public void Dispose() => Socket.Dispose();

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}
