using System.Globalization;
using System.Text;
using WeComOps.Primitives;

namespace WeComOps.Chaos.Run;

/// <summary>A result as Markdown, for people and for docs/reliability.md.</summary>
internal static class Report
{
    public static string Write(ChaosResult result)
    {
        var text = new StringBuilder();
        var (plan, tally, store) = (result.Plan, result.Tally, result.Evidence.Store);
        text.Append(CultureInfo.InvariantCulture, $"### {plan.Engine}, {plan.Nodes} node(s), seed {plan.Seed}: {(result.Violations.Count == 0 ? "holds" : "BROKEN")}\n\n");
        Row(text, "what", "count");
        Row(text, "---", "---:");
        Row(text, "SIGKILL", tally.Kills);
        Row(text, "of these at a named milestone", tally.Milestones.Values.Sum());
        Row(text, "of these during the start", tally.KillsAtStart);
        Row(text, "SIGTERM, ended in order", tally.GracefulStops);
        foreach (var fault in tally.Faults.Concat(result.Effects.Faults).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Row(text, fault.Key, fault.Value);
        }

        Row(text, "distinct callbacks sent", result.Evidence.Sent.Count);
        Row(text, "of these acknowledged", result.Evidence.Acknowledged.Count);
        Row(text, "tries, and answers with 200", string.Create(CultureInfo.InvariantCulture, $"{result.Tries}, {result.Answers}"));
        Row(text, "clicks answered, stored", string.Create(CultureInfo.InvariantCulture, $"{result.Evidence.Clicks.Count}, {store.Clicks.Count}"));
        Row(text, "pushes, and creating calls that took effect", string.Create(CultureInfo.InvariantCulture, $"{store.Slices.Count}, {result.Evidence.Pushes.Count}"));
        foreach (var state in store.Slices.GroupBy(slice => slice.State, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Row(text, $"pushes {state.Key}", state.Count());
        }

        foreach (var state in store.Outgoing.GroupBy(row => row.State, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Row(text, $"messages to advisors {state.Key}", state.Count());
        }

        Row(text, "facts", store.Facts.Count);
        Row(text, "access tokens fetched", result.Effects.Calls.GetValueOrDefault("/cgi-bin/gettoken"));
        Row(text, "time with faults, time to rest", string.Create(CultureInfo.InvariantCulture, $"{result.Faults.TotalSeconds:0} s, {result.Recovery.TotalSeconds:0} s"));
        Row(text, "start of a node, median", tally.StartTimes.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{tally.StartTimes.Order().ElementAt(tally.StartTimes.Count / 2).TotalMilliseconds:0} ms"));
        Row(text, "until another node sent, after a SIGSTOP of the one that did", tally.Takeovers.Count == 0 ? "-" : string.Join(", ", tally.Takeovers.Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"))));
        Row(text, "a node found that its duty was another's, and stopped", tally.FencesLost);
        text.Append('\n');

        Row(text, "promise", "looked at", "broken");
        Row(text, "---", "---:", "---:");
        foreach (var check in result.Verdict.Checks)
        {
            Row(text, check.Promise, check.Looked, check.Broken.Count);
        }

        Row(text, "Everything comes to rest", 1, result.Unrest.Count);
        Row(text, "No node ends by itself", tally.StartTimes.Count, tally.Misbehaviour.Count);
        Row(text, "The checker sees each kind of harm", result.Blindness.Tried, result.Blindness.Overlooked.Count);
        text.Append('\n');

        Row(text, "killed at", "times");
        Row(text, "---", "---:");
        foreach (var milestone in Milestone.All)
        {
            Row(text, milestone, Deaths(result, milestone));
        }

        if (result.Violations.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nViolations ({result.Violations.Count}; evidence in {result.Folder}):\n\n");
            foreach (var violation in result.Violations.Take(60))
            {
                text.Append("- ").Append(violation).Append('\n');
            }
        }

        return text.ToString();
    }

    public static int Deaths(ChaosResult result, string milestone) =>
        result.Tally.Milestones.GetValueOrDefault(milestone);

    private static void Row(StringBuilder text, params object[] cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell}"))).Append(" |\n");
}
