namespace WeComOps.Chaos;

/// <summary>Seeded randomness of one part of the rig; safe for concurrent use.</summary>
internal sealed class Dice(int seed, int part)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(unchecked((seed * 486_187_739) + part));

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    public int Below(int end)
    {
        lock (_lock)
        {
            return _random.Next(end);
        }
    }

    public bool Percent(double chance)
    {
        lock (_lock)
        {
            return _random.NextDouble() * 100 < chance;
        }
    }

    public TimeSpan Between(TimeSpan from, TimeSpan to)
    {
        lock (_lock)
        {
            return from + ((to - from) * _random.NextDouble());
        }
    }
}
