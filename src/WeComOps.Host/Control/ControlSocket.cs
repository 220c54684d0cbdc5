using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WeComOps.Storage;
using WeComOps.Storage.Spill;

namespace WeComOps.Host.Control;

/// <summary>
/// The door by which commands reach the host that runs on the same database: a Unix domain socket that only the service's own user
/// may open. No port: nobody on the network can try it.
/// </summary>
internal static class ControlSocket
{
    public const string Setting = "Storage:ControlSocket";

    /// <summary>The name of a socket has 107 bytes at most, on every Unix.</summary>
    private const int LongestPath = 104;

    /// <summary>As configured; else beside the SQLite file, with a server in the spill folder.</summary>
    /// <param name="ofDatabase">A database was named on the command line: its own socket, whatever is configured.</param>
    public static string PathOf(IServiceProvider services, bool ofDatabase = false)
    {
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (!ofDatabase && services.GetRequiredService<IConfiguration>()[Setting] is { Length: > 0 } configured)
        {
            return Path.GetFullPath(configured);
        }

        return storage.Provider == StorageProvider.Sqlite
            ? Path.GetFullPath(new SqliteConnectionStringBuilder(storage.ConnectionString).DataSource) + ".sock"
            : Path.Combine(SpillOptions.FolderOf(services.GetRequiredService<IOptions<SpillOptions>>().Value, storage), "control.sock");
    }

    public static bool IsTooLong(string path) => Encoding.UTF8.GetByteCount(path) > LongestPath;

    /// <summary>A connection to the host behind the socket; null when nobody listens there.</summary>
    public static async Task<Socket?> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || IsTooLong(path))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            socket.Dispose();
            throw new UnauthorizedAccessException($"A service runs on this database, and {path} may be opened only by its own user. Run this command as that user.", e);
        }
        catch (SocketException)
        {
            // Left by a host that was killed.
            socket.Dispose();
            return null;
        }
    }

    /// <summary>Has the running host take a file; null when there is none.</summary>
    /// <exception cref="FormatException">The host refuses the file; the message says why.</exception>
    /// <exception cref="IOException">The host could not take it, or went away.</exception>
    public static async Task<ImportReport?> ImportAsync(string path, string kind, string text, CancellationToken cancellationToken)
    {
        var first = await ConnectAsync(path, cancellationToken);
        if (first is null)
        {
            return null;
        }

        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new NetworkStream(first, ownsSocket: true)),
        };
        using var http = new HttpClient(handler) { BaseAddress = new Uri("http://host"), Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var answer = await http.PostAsync(new Uri("/imports/" + kind, UriKind.Relative), new StringContent(text, Encoding.UTF8, "text/csv"), cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await answer.Content.ReadFromJsonAsync(ImportJsonContext.Default.ImportReport, cancellationToken),
                HttpStatusCode.BadRequest => throw new FormatException(await answer.Content.ReadAsStringAsync(cancellationToken)),
                _ => throw new IOException(await answer.Content.ReadAsStringAsync(cancellationToken)),
            };
        }
        catch (HttpRequestException e)
        {
            throw new IOException("The service went away during the import. Rows taken so far are kept; import the file again when the service runs: rows already known are left as they are.", e);
        }
    }
}
