using System.Globalization;
using System.Text.RegularExpressions;
using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>An advisor reads a message of the app and takes from it what they are asked to do; other lines are ignored.</summary>
internal sealed partial class AdvisorReading(FriendStory friends, GroupStory groups)
{
    public void OnText(Advisor advisor, string text, DateTimeOffset now)
    {
        // The copy comes first: requests of the day already use it.
        if (Copy().Match(text) is { Success: true } copy)
        {
            advisor.Copy = copy.Groups["copy"].Value.Trim();
            advisor.Copies.TryAdd(ShanghaiTime.Day(now), advisor.Copy);
        }

        if (Target().Match(text) is { Success: true } target)
            friends.OnTarget(advisor, int.Parse(target.Groups["count"].Value, CultureInfo.InvariantCulture), now);
        foreach (Match build in Build().Matches(text))
            groups.OnTask(advisor, build.Groups["name"].Value.Trim(), Deadline(build, now), now);
    }

    private static DateTimeOffset Deadline(Match build, DateTimeOffset now)
    {
        int Part(string name) => int.Parse(build.Groups[name].Value, CultureInfo.InvariantCulture);
        var today = ShanghaiTime.Day(now);
        if (!build.Groups["month"].Success) return ShanghaiTime.At(today.AddDays(7), 0);
        var minute = build.Groups["hour"].Success ? Part("hour") * 60 + Part("minute") : 18 * 60;
        var month = Math.Clamp(Part("month"), 1, 12);
        var year = month < today.Month - 6 ? today.Year + 1 : today.Year;
        var day = new DateOnly(year, month, Math.Clamp(Part("day"), 1, DateTime.DaysInMonth(year, month)));
        return ShanghaiTime.At(day, Math.Min(minute, 24 * 60));
    }

    [GeneratedRegex("加好友\\s*[：:]\\s*(目标)?\\s*(?<count>[0-9]{1,4})\\s*人", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();

    [GeneratedRegex("申请文案\\s*[：:]\\s*(?<copy>[^\\r\\n]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Copy();

    [GeneratedRegex("建群\\s*[：:][^「\\r\\n]*「(?<name>[^」\\r\\n]+)」([^\\r\\n]*?截止[^0-9\\r\\n]*(?<month>[0-9]{1,2})\\s*月\\s*(?<day>[0-9]{1,2})\\s*日(\\s*(?<hour>[0-9]{1,2})\\s*[:：]\\s*(?<minute>[0-9]{2}))?)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Build();
}
