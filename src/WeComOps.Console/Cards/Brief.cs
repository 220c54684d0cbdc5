using System.Collections.Concurrent;

namespace WeComOps.Console.Cards;

/// <summary>
/// Keeps what was just read for a few seconds and lets only one reader at a time fetch the same thing: a page of a big bank
/// asks for the same names and the same week many times a second.
/// </summary>
internal sealed class Brief<TKey, TValue>(TimeSpan keep, int most)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, (TValue Value, long At)> _kept = [];
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<TValue> GetAsync(TKey key, Func<CancellationToken, Task<TValue>> read, CancellationToken cancellationToken)
    {
        if (Find(key) is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Find(key) is { } meanwhile)
            {
                return meanwhile;
            }

            var value = await read(cancellationToken);
            if (_kept.Count >= most)
            {
                _kept.Clear();
            }

            _kept[key] = (value, TimeProvider.System.GetTimestamp());
            return value;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whoever changed something wants to see it at once; other nodes see it after the few seconds.</summary>
    public void Forget() => _kept.Clear();

    private TValue? Find(TKey key) =>
        _kept.TryGetValue(key, out var entry) && TimeProvider.System.GetElapsedTime(entry.At) < keep ? entry.Value : null;
}
