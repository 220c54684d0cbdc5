using System.Collections.Concurrent;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Console.Studio;

/// <summary>What the rules found in texts that wait for a review: a queue of many is read anew only where a text or the day changed.</summary>
internal sealed class LintShelf(TemplateDesk desk, TimeProvider clock)
{
    private const int Most = 500;
    private readonly ConcurrentDictionary<(string Digest, DateOnly Day), LintReport> _reports = [];

    public LintReport Get(TemplateVersion version)
    {
        if (_reports.Count >= Most)
        {
            _reports.Clear();
        }

        return _reports.GetOrAdd((version.Digest, ShanghaiTime.DayOf(clock.GetNow())), static (_, given) => given.desk.Check(given.version.Source), (desk, version));
    }
}
