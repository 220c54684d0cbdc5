using WeComOps.Host.Tests.Cli;
using WeComOps.Testing;

namespace WeComOps.Host.Tests.Nodes;

/// <summary>A database server and a WeCom for nodes of one bank.</summary>
public sealed class Cluster : IAsyncLifetime
{
    public const string Key = "a-long-administrator-key-of-the-tests";

    private readonly WorkFolder _folder = new();
    private PostgresServer? _server;
    private int _databases;

    internal PostgresServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    internal Task<string> CreateDatabaseAsync() => Server.CreateDatabaseAsync($"nodes{Interlocked.Increment(ref _databases)}");

    internal Task<ServedNode> StartAsync(string database, TellingWeCom wecom, string? roles = null, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["WeCom__ApiBaseUrl"] = wecom.Address.GetLeftPart(UriPartial.Authority),
            ["WeCom__CorpId"] = "wwexample00000001",
            ["WeCom__AgentId"] = "1000002",
            ["WeCom__Secret"] = "secret-of-a-test",
            ["WeCom__RequestTimeoutSeconds"] = "60",
            ["WeCom__Callback__Token"] = "TokenOfATest",
            ["WeCom__Callback__EncodingAesKey"] = "c2FuZGJveC1lbmNvZGluZy1hZXMta2V5LTAwMDAwMDE",
            ["Links__PublicBaseUrl"] = "https://link.bank.example",
            ["Links__AllowedHosts__0"] = "shop.bank.example",
            ["Sales__SigningSecret"] = "whsec_c2FuZGJveC1zYWxlcy1zaWduaW5nLWtleS0wMDAwMDE=",
            ["Access__AdministratorKey"] = Key,
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = database,
            ["Urls"] = "http://127.0.0.1:0",
            ["DOTNET_TieredPGO"] = "0",
        };
        if (roles is not null)
        {
            environment["Roles"] = roles;
        }

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return ServedNode.StartAsync(_folder.FullName, environment);
    }
}
