using System.Globalization;
using System.Net;
using WeComOps.Links;
using WeComOps.Tests.Primitives;

namespace WeComOps.Tests.Links;

public sealed class LinkMissesTests
{
    private static readonly IPAddress Guesser = IPAddress.Parse("203.0.113.7");

    private readonly TimedClock _clock = new(new DateTimeOffset(2026, 11, 9, 4, 0, 30, TimeSpan.Zero));
    private readonly LinkMisses _misses;

    public LinkMissesTests() => _misses = new LinkMisses(_clock);

    [Fact]
    public void Twenty_a_minute_are_allowed_and_other_addresses_are_not_concerned()
    {
        Assert.Equal(LinkMisses.PerMinute, Enumerable.Range(0, 50).Count(_ => _misses.Allow(Guesser)));
        Assert.True(_misses.Allow(IPAddress.Parse("203.0.113.8")));
        Assert.False(_misses.Allow(Guesser.MapToIPv6()));

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_misses.Allow(Guesser));
    }

    [Fact]
    public void All_addresses_of_an_IPv6_line_are_one()
    {
        Assert.Equal(
            LinkMisses.PerMinute,
            Enumerable.Range(0, 50).Count(i => _misses.Allow(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2001:db8:0:1::{i + 1}")))));
        Assert.True(_misses.Allow(IPAddress.Parse("2001:db8:0:2::1")));
    }

    [Fact]
    public void A_crowd_of_addresses_fills_no_memory_and_is_counted_together()
    {
        var allowed = Enumerable.Range(0, 20_000).Count(i => _misses.Allow(new IPAddress([10, 0, (byte)(i >> 8), (byte)i])));

        Assert.Equal(10_000 + LinkMisses.PerMinute, allowed);
    }
}
