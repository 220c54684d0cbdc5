using WeComOps.Chaos.Checks;
using WeComOps.Chaos.Vendor;
using WeComOps.Primitives;

namespace WeComOps.Chaos.Run;

/// <param name="Unrest">What had not come to rest in time; empty when all had.</param>
/// <param name="Overlooked">Harms done to the evidence afterwards that the checker did not see.</param>
internal sealed record ChaosResult(
    ChaosPlan Plan, Tally Tally, Effects Effects, Evidence Evidence, Verdict Verdict, IReadOnlyDictionary<string, long> Unrest,
    IReadOnlyList<string> Refusals, (IReadOnlyList<string> Overlooked, int Tried) Blindness, long Tries, long Answers, TimeSpan Faults, TimeSpan Recovery, string Folder)
{
    /// <summary>Everything that makes the run a failure, in words.</summary>
    public IReadOnlyList<string> Violations =>
    [
        .. Verdict.Checks.SelectMany(check => check.Broken.Select(broken => $"{check.Promise}: {broken}")),
        .. Unrest.Select(pair => $"Not at rest in time: {pair.Value} {pair.Key}"),
        .. Refusals.Take(20).Select(refusal => "A sound callback was refused: " + refusal),
        .. Tally.Misbehaviour.Select(what => "A node misbehaved: " + what),
        .. Effects.UnknownPaths.Select(path => $"The rig does not know {path.Key}, called {path.Value} times"),
        .. Milestone.All.Where(milestone => Plan.EveryMilestone && !Tally.Milestones.ContainsKey(milestone)).Select(milestone => "No process died at " + milestone),
        .. Blindness.Overlooked.Select(harm => "The checker overlooks: " + harm),
    ];
}
