using System.Net;
using System.Net.Sockets;
using WeComOps.Primitives;

namespace WeComOps.Links;

/// <summary>
/// Counts the links that do not exist by the address that asked: a person mistypes some, a guesser asks for thousands. Links that
/// exist are not counted, so that a guesser shuts nobody out who shares the address. Each node counts for itself.
/// </summary>
public sealed class LinkMisses(TimeProvider clock)
{
    public const int PerMinute = 20;

    /// <summary>Beyond so many addresses within a minute the others are counted together: memory must not be the guesser's to fill.</summary>
    private const int MostAddresses = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _misses = new(StringComparer.Ordinal);
    private long _minute;

    /// <summary>False when the address has asked for too many links that do not exist within this minute.</summary>
    public bool Allow(IPAddress? address)
    {
        var minute = clock.GetNow().ToUnixTimeSeconds() / 60;
        var source = SourceOf(address);
        lock (_lock)
        {
            if (minute != _minute)
            {
                _minute = minute;
                _misses.Clear();
            }

            var key = _misses.Count < MostAddresses || _misses.ContainsKey(source) ? source : "others";
            var misses = _misses.GetValueOrDefault(key) + 1;
            _misses[key] = misses;
            return misses <= PerMinute;
        }
    }

    /// <summary>An IPv6 line has 2⁶⁴ addresses: they are one source.</summary>
    private static string SourceOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address?.ToString() ?? "unknown";
    }
}
