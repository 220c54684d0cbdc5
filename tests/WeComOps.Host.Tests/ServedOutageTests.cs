using System.Diagnostics;
using System.Net;
using WeComOps.Host.Tests.Cli;
using WeComOps.Host.Tests.Web;
using WeComOps.Sandbox;
using WeComOps.Testing;

namespace WeComOps.Host.Tests;

/// <summary>The program as it is served on PostgreSQL, while the server is away.</summary>
public sealed class ServedOutageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Without_its_server_a_node_starts_and_takes_callbacks_and_with_it_nothing_is_missing()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.CreateDatabaseAsync("bank");
        await server.StopAsync();
        using var folder = new WorkFolder();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await using var node = await ServedNode.StartAsync(folder, Settings(server.ConnectionStringOf("bank")));

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(node.Url, "/health/live"))).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri(node.Url, "/health/ready"))).StatusCode);
        var forge = new CallbackForge(new SandboxOptions(), TimeProvider.System.GetUtcNow());
        for (var id = 0; id < 20; id++)
        {
            using var callback = forge.Post(node.Url, forge.Message("adv_001", "客户问：网点周六开门吗？", id));
            using var answer = await http.SendAsync(callback);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await server.RestartAsync();
        await node.SaysAsync("The store is open", Patience);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(node.Url, "/health/ready"))).StatusCode);
        using var patience = new CancellationTokenSource(Patience);
        while (await CountAsync(server) < 20)
        {
            await Task.Delay(100, patience.Token);
        }

        Assert.Equal(20, await CountAsync(server));
    }

    private static async Task<long> CountAsync(PostgresServer server)
    {
        await using var connection = new Npgsql.NpgsqlConnection(server.ConnectionStringOf("bank") + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM inbox_messages", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Dictionary<string, string> Settings(string connectionString)
    {
        var bank = new SandboxOptions();
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = connectionString,
            ["WeCom__ApiBaseUrl"] = "http://127.0.0.1:1",
            ["WeCom__CorpId"] = bank.CorpId,
            ["WeCom__AgentId"] = $"{bank.AgentId}",
            ["WeCom__Secret"] = bank.Secret,
            ["WeCom__Callback__Token"] = bank.CallbackToken,
            ["WeCom__Callback__EncodingAesKey"] = bank.EncodingAesKey,
            ["Links__PublicBaseUrl"] = "https://link.bank.example",
            ["Links__AllowedHosts__0"] = "shop.bank.example",
            ["Sales__SigningSecret"] = bank.SalesSigningSecret,
            ["Access__AdministratorKey"] = "key-of-a-test-with-30-letters-",
            ["Urls"] = "http://127.0.0.1:0",
            ["Logging__LogLevel__Default"] = "Information",
        };
    }
}

/// <summary><c>wecomops serve</c> in a process of its own; ended with its object.</summary>
internal sealed class ServedNode : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly List<(string Text, TaskCompletionSource<string> Heard)> _waiting = [];

    private ServedNode(Process process) => _process = process;

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public static async Task<ServedNode> StartAsync(WorkFolder folder, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "wecomops.dll"), "serve"])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var node = new ServedNode(new Process { StartInfo = start });
        node._process.OutputDataReceived += (_, line) => node.Hear(line.Data);
        node._process.ErrorDataReceived += (_, line) => node.Hear(line.Data);
        node._process.Start();
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        var listening = await node.SaysAsync(Listening, TimeSpan.FromMinutes(1));
        var url = listening[(listening.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..];
        node.Url = new Uri(url[..url.IndexOf('"', StringComparison.Ordinal)]);
        return node;
    }

    /// <summary>The first line of its log that has the text, said already or later.</summary>
    public Task<string> SaysAsync(string text, TimeSpan patience)
    {
        lock (_said)
        {
            if (_said.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } known)
            {
                return Task.FromResult(known);
            }

            var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((text, heard));
            return heard.Task.WaitAsync(patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? "");
            foreach (var (text, heard) in _waiting)
            {
                if (line is null)
                {
                    heard.TrySetException(new InvalidOperationException("The node ended. It said: " + string.Join('\n', _said)));
                }
                else if (line.Contains(text, StringComparison.Ordinal))
                {
                    heard.TrySetResult(line);
                }
            }
        }
    }
}
