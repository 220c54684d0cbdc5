using System.Globalization;
using WeComOps.Chaos.Run;

namespace WeComOps.Chaos.Checks;

/// <summary>
/// Whether each UNKNOWN has a cause that the rig knows of: an answer that it spoiled, or a disturbance soon after the call. A
/// disturbance explains no more calls than were under way at once.
/// </summary>
internal static class UnknownCauses
{
    /// <summary>From a call to the disturbance that kept its ending from being recorded.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    /// <summary>What a disturbance leaves behind: a store that is only just back, clocks of two processes.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(3);

    /// <param name="unknown">Ids, and what tells the calls apart.</param>
    /// <param name="atOnce">Calls of this kind that are under way at once.</param>
    public static Check Of(string promise, IReadOnlyCollection<(string Id, string Key)> unknown, Evidence evidence, int atOnce)
    {
        var room = evidence.Disturbances.Select(disturbance => disturbance.Rounds * atOnce).ToArray();
        var broken = new List<string>();
        var unseen = new List<string>();
        foreach (var (id, key) in unknown.OrderBy(one => evidence.Asked.GetValueOrDefault(one.Key)?.At))
        {
            if (evidence.Asked.GetValueOrDefault(key) is not { } call)
            {
                // Cut off between its start and its call: when, only the product could say.
                unseen.Add(id);
            }
            else if (!call.Spoiled && !TakeRoom(evidence.Disturbances, room, call.At))
            {
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"{id} is unknown; WeCom answered it at {call.At:HH:mm:ss.fff}, and nothing explains why that was not recorded"));
            }
        }

        broken.AddRange(unseen.Skip(room.Sum()).Select(id => $"{id} is unknown and was never called: more of them than were cut off"));
        return new Check(promise, unknown.Count, broken);
    }

    /// <summary>The first that ends takes it: those that end later may still explain later calls.</summary>
    private static bool TakeRoom(IReadOnlyList<Disturbance> disturbances, int[] room, DateTimeOffset at)
    {
        for (var i = 0; i < room.Length; i++)
        {
            if (room[i] > 0 && at >= disturbances[i].From - Before && at <= disturbances[i].To + After)
            {
                room[i]--;
                return true;
            }
        }

        return false;
    }
}
