using WeComOps.WeCom;

namespace WeComOps.WeCom.Tests.Api;

/// <summary>What nodes share, in memory, with the rules that the ports tell; <see cref="Away"/>: as when the database cannot be reached.</summary>
internal sealed class FakeSharedStore : ISharedTokens, ISharedCalls
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TokenRow> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallRow> _calls = new(StringComparer.Ordinal);

    public bool Away { get; set; }

    public bool BetweenProcesses { get; init; }

    /// <summary>As the store holds them.</summary>
    public IReadOnlyList<string> Bodies => [.. _tokens.Values.Select(static row => row.Answer?.Body ?? "")];

    public Task<SharedToken?> FindAsync(string app, CancellationToken cancellationToken) =>
        Run(() => _tokens.TryGetValue(app, out var row) ? new SharedToken(row.Version, row.Answer) : null);

    public Task<bool> TakeTurnAsync(string app, long seen, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => Run(() =>
    {
        var row = _tokens.GetValueOrDefault(app) ?? (_tokens[app] = new TokenRow());
        if (row.Version != seen || (row.Owner is not null && row.OwnerUntil > now))
        {
            return false;
        }

        (row.Owner, row.OwnerUntil) = (owner, until);
        return true;
    });

    public Task<long?> EndTurnAsync(string app, string owner, TokenAnswer? answer, CancellationToken cancellationToken) => Run(() =>
    {
        var row = _tokens[app];
        if (row.Owner != owner)
        {
            return null;
        }

        row.Owner = null;
        if (answer is null)
        {
            return (long?)null;
        }

        row.Answer = answer;
        return ++row.Version;
    });

    public Task DropAsync(string app, long version, CancellationToken cancellationToken) => Run(() =>
    {
        if (_tokens.TryGetValue(app, out var row) && row.Version == version)
        {
            row.Answer = row.Answer! with { Until = DateTimeOffset.UnixEpoch };
        }

        return true;
    });

    public Task<CallCount> CountAsync(string corp, string path, DateTimeOffset window, int limit, DateTimeOffset now, CancellationToken cancellationToken) => Run(() =>
    {
        var row = Row(corp, path);
        if (now < row.BlockedUntil || (row.Window >= window && row.Used >= limit))
        {
            return new CallCount(false, row.BlockedUntil, row.Refused);
        }

        (row.Window, row.Used) = row.Window < window ? (window, 1) : (row.Window, row.Used + 1);
        return new CallCount(true, row.BlockedUntil, row.Refused);
    });

    public Task<DateTimeOffset> BlockAsync(
        string corp, string path, DateTimeOffset now, TimeSpan first, TimeSpan next, CancellationToken cancellationToken) => Run(() =>
    {
        var row = Row(corp, path);
        if (row.BlockedUntil <= now)
        {
            (row.BlockedUntil, row.Refused) = (now + (row.Refused ? next : first), true);
        }

        return row.BlockedUntil;
    });

    public Task UnblockAsync(string corp, string path, DateTimeOffset now, CancellationToken cancellationToken) => Run(() =>
    {
        var row = Row(corp, path);
        row.Refused &= now < row.BlockedUntil;
        return true;
    });

    private CallRow Row(string corp, string path) => _calls.TryGetValue(corp + path, out var row) ? row : _calls[corp + path] = new CallRow();

    private Task<T> Run<T>(Func<T> work)
    {
        lock (_lock)
        {
            return Away ? Task.FromException<T>(new IOException("The store is away.")) : Task.FromResult(work());
        }
    }

    private sealed class TokenRow
    {
        public long Version { get; set; }

        public TokenAnswer? Answer { get; set; }

        public string? Owner { get; set; }

        public DateTimeOffset OwnerUntil { get; set; }
    }

    private sealed class CallRow
    {
        public DateTimeOffset Window { get; set; }

        public int Used { get; set; }

        public DateTimeOffset BlockedUntil { get; set; }

        public bool Refused { get; set; }
    }
}
