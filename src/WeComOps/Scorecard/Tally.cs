using WeComOps.Ledger;

namespace WeComOps.Scorecard;

/// <summary>Sums per (metric, subject); optionally collects which facts made up one of them.</summary>
internal sealed class Tally((string Metric, string Subject)? explain = null)
{
    private readonly Dictionary<(string Metric, string Subject), Sums> _sums = [];
    private readonly List<Contribution> _contributions = [];

    public IReadOnlyList<Contribution> Contributions => _contributions;

    public IEnumerable<string> SubjectsOf(IReadOnlyList<string> metrics) =>
        _sums.Keys.Where(key => metrics.Contains(key.Metric)).Select(key => key.Subject).Distinct().Order(StringComparer.Ordinal);

    public Sums? Find(string metric, string subject) => _sums.GetValueOrDefault((metric, subject));

    public void Numerator(string metric, IEnumerable<string> subjects, FactRef fact, decimal amount)
    {
        foreach (var subject in subjects)
        {
            Get(metric, subject).Numerator += amount;
            Note(metric, subject, fact, "numerator", amount);
        }
    }

    public void Denominator(string metric, IEnumerable<string> subjects, FactRef fact, decimal amount)
    {
        foreach (var subject in subjects)
        {
            Get(metric, subject).Denominator += amount;
            Note(metric, subject, fact, "denominator", amount);
        }
    }

    /// <summary>Counts once per distinct key and subject.</summary>
    public void DistinctNumerator(string metric, IEnumerable<string> subjects, FactRef fact, string key)
    {
        foreach (var subject in subjects)
        {
            var sums = Get(metric, subject);
            if (sums.NumeratorKeys.Add(key))
            {
                sums.Numerator++;
                Note(metric, subject, fact, "numerator", 1);
            }
        }
    }

    public void DistinctDenominator(string metric, IEnumerable<string> subjects, FactRef fact, string key)
    {
        foreach (var subject in subjects)
        {
            var sums = Get(metric, subject);
            if (sums.DenominatorKeys.Add(key))
            {
                sums.Denominator++;
                Note(metric, subject, fact, "denominator", 1);
            }
        }
    }

    public void Missing(string metric, IEnumerable<string> subjects, string what)
    {
        foreach (var subject in subjects)
        {
            Get(metric, subject).Missing.Add(what);
        }
    }

    private Sums Get(string metric, string subject)
    {
        if (!_sums.TryGetValue((metric, subject), out var sums))
        {
            _sums[(metric, subject)] = sums = new Sums();
        }

        return sums;
    }

    private void Note(string metric, string subject, FactRef fact, string side, decimal amount)
    {
        if (explain is { } wanted && wanted.Metric == metric && wanted.Subject == subject)
        {
            _contributions.Add(new Contribution(fact, side, amount));
        }
    }

    internal sealed class Sums
    {
        public decimal Numerator { get; set; }

        public decimal Denominator { get; set; }

        public HashSet<string> NumeratorKeys { get; } = new(StringComparer.Ordinal);

        public HashSet<string> DenominatorKeys { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);
    }
}
