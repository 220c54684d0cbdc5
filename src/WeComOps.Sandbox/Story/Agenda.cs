namespace WeComOps.Sandbox.Story;

/// <summary>Order of what happens within one tick; what the product could compare at equal times must not depend on chance.</summary>
internal enum Act
{
    Plan,
    FriendAdded,
    GroupCreated,
    GroupChanged,
    Published,
    Reacted,
    Asked,
    Answered,
    Lost,
    Clicked,
    Sold,
}

/// <summary>
/// What is going to happen, on the five-minute grid. Within a tick the order is by act, advisor, customer and a stable tie breaker,
/// never by when the entry was made: calls of the product may arrive in any order.
/// </summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Entry, Key> _entries = new(new InOrder());
    private long _sequence;

    public DateTimeOffset? NextDue => _entries.TryPeek(out var entry, out _) ? entry.Due : null;

    /// <summary>Plans an entry; the time it is given is the tick at which it runs.</summary>
    public void Plan(DateTimeOffset due, Act act, int advisor, int customer, ulong tie, Action<DateTimeOffset> run)
    {
        var entry = new Entry(due, run);
        _entries.Enqueue(entry, new Key(due.UtcTicks, act, advisor, customer, tie, _sequence++));
    }

    /// <summary>Takes the next entry of that tick.</summary>
    public bool TryTake(DateTimeOffset tick, out Action<DateTimeOffset> run)
    {
        if (_entries.TryPeek(out var entry, out _) && entry.Due == tick)
        {
            _entries.Dequeue();
            run = entry.Run;
            return true;
        }

        run = static _ => { };
        return false;
    }

    private sealed record Entry(DateTimeOffset Due, Action<DateTimeOffset> Run);

    private sealed record Key(long Due, Act Act, int Advisor, int Customer, ulong Tie, long Sequence);

    private sealed class InOrder : IComparer<Key>
    {
        public int Compare(Key? x, Key? y)
        {
            if (x is null || y is null) return Comparer<bool>.Default.Compare(x is not null, y is not null);
            var order = x.Due.CompareTo(y.Due);
            if (order == 0) order = ((int)x.Act).CompareTo((int)y.Act);
            if (order == 0) order = x.Advisor.CompareTo(y.Advisor);
            if (order == 0) order = x.Customer.CompareTo(y.Customer);
            if (order == 0) order = x.Tie.CompareTo(y.Tie);
            return order == 0 ? x.Sequence.CompareTo(y.Sequence) : order;
        }
    }
}
