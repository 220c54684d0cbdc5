using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WeComOps.WeCom.Tests.Api;

/// <summary>The client as shipped, over TCP: nothing below it may send a creating call a second time.</summary>
public sealed class RealSocketTests
{
    private const string Token = """{"errcode": 0, "access_token": "TOKEN-NOT-TO-BE-LOGGED", "expires_in": 7200}""";

    private static readonly AppMessage Message = new AppMessage.Text("adv", "body not to be logged");

    [Fact]
    public async Task A_server_that_never_answers_is_unknown_after_the_time_out()
    {
        await using var server = new RawServer();
        server.Then(Token).Then(null);
        using var services = Services(server.Port);

        (await Api(services).SendMessageAsync(Message, default)).IsUnknown();

        Assert.Equal(["GET /cgi-bin/gettoken", "POST /cgi-bin/message/send"], server.Requests, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_server_that_closes_after_the_request_is_unknown_and_asked_once()
    {
        await using var server = new RawServer();
        // The first answer is on the same kept-alive connection: the case in which an HTTP client might silently send again.
        server.Then(Token).Then("");
        using var services = Services(server.Port);

        (await Api(services).SendMessageAsync(Message, default)).IsUnknown();

        Assert.Equal(["GET /cgi-bin/gettoken", "POST /cgi-bin/message/send"], server.Requests, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = new RawServer();
        server.Then(Token).Then("REDIRECT");
        using var services = Services(server.Port);

        (await Api(services).SendMessageAsync(Message, default)).IsUnknown();

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_refused_connection_may_be_tried_later()
    {
        await using var server = new RawServer();
        using var services = Services(server.Port);
        await server.DisposeAsync();

        (await Api(services).SendMessageAsync(Message, default)).Later();
    }

    [Fact]
    public async Task Neither_token_nor_secret_nor_text_is_logged()
    {
        await using var server = new RawServer();
        server.Then(Token).Then("""{"errcode": 60020, "errmsg": "not allow"}""");
        using var logs = new Logs();
        using var services = Services(server.Port, logs);

        (await Api(services).SendMessageAsync(Message, default)).RejectedWith(60020);

        Assert.Contains(logs.Lines, static line => line.Contains("60020", StringComparison.Ordinal));
        Assert.DoesNotContain(
            logs.Lines,
            static line => line.Contains("TO-BE-LOGGED", StringComparison.OrdinalIgnoreCase) || line.Contains("to be logged", StringComparison.Ordinal)
                || line.Contains("secret-of", StringComparison.Ordinal));
    }

    private static IWeComApi Api(IServiceProvider services) => services.GetRequiredService<IWeComApi>();

    private static ServiceProvider Services(int port, ILoggerProvider? logs = null)
    {
        var values = TestSettings.Valid();
        values["WeCom:ApiBaseUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        values["WeCom:RequestTimeoutSeconds"] = "1";
        var services = new ServiceCollection();
        if (logs is not null)
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        }

        services.AddSingleton<ISharedTokens>(new FakeSharedStore());
        return services.AddWeCom(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).BuildServiceProvider();
    }

    /// <summary>Answers each request with the next prepared body; "" closes the connection, null stays silent.</summary>
    private sealed class RawServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly ConcurrentQueue<string?> _answers = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public RawServer()
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _running = AcceptAsync();
        }

        public int Port { get; }

        public ConcurrentQueue<string> Requests { get; } = new();

        public RawServer Then(string? answer)
        {
            _answers.Enqueue(answer);
            return this;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_stop.IsCancellationRequested)
            {
                await _stop.CancelAsync();
                _listener.Stop();
                await _running;
            }
        }

        private async Task AcceptAsync()
        {
            var connections = new List<Task>();
            try
            {
                while (true)
                {
                    connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                await Task.WhenAll(connections);
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using var connection = client;
            try
            {
                while (await ReadRequestAsync(connection.GetStream()) is { } request)
                {
                    Requests.Enqueue(request);
                    _answers.TryDequeue(out var answer);
                    if (answer is null)
                    {
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                    }

                    if (answer is null or "")
                    {
                        return;
                    }

                    var head = answer == "REDIRECT" ? "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\n" : "HTTP/1.1 200 OK\r\n";
                    var length = Encoding.UTF8.GetByteCount(answer);
                    await connection.GetStream().WriteAsync(
                        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{head}Content-Length: {length}\r\n\r\n{answer}")), _stop.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The client hung up, or the test is over.
            }
        }

        /// <returns>Verb and path, or null at the end of the connection.</returns>
        private async Task<string?> ReadRequestAsync(NetworkStream stream)
        {
            var text = new StringBuilder();
            var buffer = new byte[4096];
            while (true)
            {
                var read = await stream.ReadAsync(buffer, _stop.Token);
                if (read == 0)
                {
                    return null;
                }

                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
                var request = text.ToString();
                var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end >= 0 && request.Length - end - 4 >= BodyLength(request[..end]))
                {
                    var words = request.Split(' ', 3);
                    return words[0] + " " + words[1].Split('?', 2)[0];
                }
            }
        }

        private static int BodyLength(string head)
        {
            const string Name = "Content-Length: ";
            var line = head.Split("\r\n").FirstOrDefault(static line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase));
            return line is null ? 0 : int.Parse(line.AsSpan(Name.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
