using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Links;

/// <summary>A request for a tracked link, as the web server saw it.</summary>
/// <param name="Address">Remote address; kept only as a keyed hash.</param>
public sealed record Visit(string Token, string Method, string Address, string UserAgent);

/// <summary>
/// Answers a tracked link: where to go, with the click id for the order system. The click is logged afterwards; the
/// redirect never waits for, nor fails with, the log.
/// </summary>
public sealed class FollowLink(ILinkStore links, ClickLog log, IEntropy entropy, TimeProvider clock)
{
    /// <summary>The destination with <c>wc=&lt;click id&gt;</c> added; null when there is no such link.</summary>
    public async Task<string?> FollowAsync(Visit visit, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(visit.Token, cancellationToken) is not { } link)
        {
            return null;
        }

        var clickId = "c_" + entropy.NewToken();
        log.Add(new ClickLog.Entry(clickId, link, visit, clock.GetNow()));
        var destination = new UriBuilder(link.Destination);
        destination.Query = destination.Query.Length > 1 ? destination.Query[1..] + "&wc=" + clickId : "wc=" + clickId;
        return destination.Uri.AbsoluteUri;
    }
}

/// <summary>
/// Writes clicks behind the redirects, in order, and classes them: bots, the bank's staff and repeats within the hour are
/// kept but counted apart.
/// </summary>
public sealed partial class ClickLog(ILinkStore links, IChangeStore changes, IOptions<LinksOptions> options, ILogger<ClickLog> logger)
{
    private const int Capacity = 100_000;
    private const int LongestUserAgent = 300;
    private static readonly string[] BotWords = ["bot", "spider", "crawl", "scan", "preview", "monitor", "curl", "wget", "python", "headless"];
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromHours(1);

    // One key a day for all nodes, so that a repeat is seen wherever it comes in; gone two days later, and then no address can be looked up.
    private readonly Dictionary<DateOnly, byte[]> _visitorKeys = [];
    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });
    private readonly System.Net.IPNetwork[] _staff = [.. options.Value.StaffNetworks.Select(network => System.Net.IPNetwork.Parse(network))];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private long _pending;

    /// <summary>Clicks accepted and not yet written.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    public sealed record Entry(string ClickId, TrackedLink Link, Visit Visit, DateTimeOffset At);

    public void Add(Entry entry)
    {
        if (entry.Visit.UserAgent.Length > LongestUserAgent)
        {
            entry = entry with { Visit = entry.Visit with { UserAgent = entry.Visit.UserAgent[..LongestUserAgent] } };
        }

        Interlocked.Increment(ref _pending);
        if (!_entries.Writer.TryWrite(entry))
        {
            Interlocked.Decrement(ref _pending);
            Log.Dropped(logger, entry.ClickId);
        }
    }

    /// <summary>Writes what has been added so far; the number of clicks written.</summary>
    public Task<int> WriteAsync(CancellationToken cancellationToken) => WriteAsync(int.MaxValue, cancellationToken);

    /// <param name="most">No more than these at once: links are open to everybody, and other work must have its turn.</param>
    public async Task<int> WriteAsync(int most, CancellationToken cancellationToken)
    {
        var written = 0;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // Taken off only once it is written: while the store is away clicks wait, they are not lost.
            while (written < most && _entries.Reader.TryPeek(out var entry))
            {
                await WriteAsync(entry, cancellationToken);
                _entries.Reader.TryRead(out _);
                Interlocked.Decrement(ref _pending);
                written++;
            }
        }
        finally
        {
            _writing.Release();
        }

        return written;
    }

    /// <summary>Completes when there is something to write.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _entries.Reader.WaitToReadAsync(cancellationToken);

    private async Task WriteAsync(Entry entry, CancellationToken cancellationToken)
    {
        var day = ShanghaiTime.DayOf(entry.At);
        var visitor = await VisitorAsync(entry.Visit, day, cancellationToken);
        var kind = Classify(entry.Visit, _staff);
        if (kind == FactClass.Human && await IsRepeatAsync(entry, day, visitor, cancellationToken))
        {
            kind = FactClass.Repeat;
        }

        var click = new Click(entry.ClickId, entry.Link.Token, entry.At, kind, visitor, entry.Visit.Method, entry.Visit.UserAgent);
        var recorded = new Changes();
        recorded.Clicks.Add(click);
        recorded.Sources.Add(new RawSource("click:" + click.Id, "click", entry.At, ClickJson.Write(click)));
        recorded.Record(new Fact
        {
            Id = "link_clicked:" + click.Id,
            Day = ShanghaiTime.DayOf(entry.At),
            Kind = FactKind.LinkClicked,
            OccurredAt = entry.At,
            Advisor = entry.Link.Advisor,
            Branch = entry.Link.Branch,
            Content = entry.Link.Content,
            Product = entry.Link.Product,
            Link = entry.Link.Token,
            Click = click.Id,
            Class = kind,
            Source = "click:" + click.Id,
            RecordedAt = entry.At,
        });
        await changes.CommitAsync(recorded, cancellationToken);
    }

    private async Task<bool> IsRepeatAsync(Entry entry, DateOnly day, string visitor, CancellationToken cancellationToken)
    {
        var since = entry.At - RepeatWindow;
        if (await links.HasClickSinceAsync(entry.Link.Token, visitor, since, cancellationToken))
        {
            return true;
        }

        // Within an hour of midnight the click before was hidden with the key of the day before.
        var before = ShanghaiTime.DayOf(since);
        return before != day
            && await links.HasClickSinceAsync(entry.Link.Token, await VisitorAsync(entry.Visit, before, cancellationToken), since, cancellationToken);
    }

    private async Task<string> VisitorAsync(Visit visit, DateOnly day, CancellationToken cancellationToken)
    {
        if (!_visitorKeys.TryGetValue(day, out var key))
        {
            key = await links.VisitorKeyAsync(day, cancellationToken);
            foreach (var old in _visitorKeys.Keys.Where(known => known < day.AddDays(-1)).ToList())
            {
                _visitorKeys.Remove(old);
            }

            _visitorKeys[day] = key;
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(visit.Address + "\n" + visit.UserAgent)))[..24];
    }

    internal static string Classify(Visit visit, System.Net.IPNetwork[] staff)
    {
        if (visit.Method != "GET" || visit.UserAgent.Length == 0
            || BotWords.Any(word => visit.UserAgent.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return FactClass.Bot;
        }

        return System.Net.IPAddress.TryParse(visit.Address, out var address) && staff.Any(network => network.Contains(address))
            ? FactClass.Staff
            : FactClass.Human;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Click {ClickId} was not logged: the log is {Capacity} clicks behind")]
        private static partial void DroppedCore(ILogger logger, string clickId, int capacity);

        public static void Dropped(ILogger logger, string clickId) => DroppedCore(logger, clickId, Capacity);
    }
}
