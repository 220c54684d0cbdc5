using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

/// <summary>What a slip of the hand deletes from a draft that saves itself can be had back.</summary>
public sealed class DraftHistoryTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly Template Empty = new("gold", TemplateKind.Moment, "黄金", "chen", "team", null, []);

    [Fact]
    public void Typing_on_keeps_only_what_the_draft_began_with()
    {
        var template = Empty.SaveDraft("一二三四五", Start).SaveDraft("一二三四五六", Start.AddMinutes(1)).SaveDraft("一二三四五六七", Start.AddMinutes(2));
        Assert.Equal("一二三四五", Assert.Single(template.Latest!.Earlier!).Source);
    }

    [Fact]
    public void What_is_cut_at_once_is_kept()
    {
        var template = Empty.SaveDraft("一二三四五六七八九", Start).SaveDraft(string.Empty, Start.AddSeconds(2));
        Assert.Equal(new EarlierText(Start, "一二三四五六七八九"), Assert.Single(template.Latest!.Earlier!));
    }

    [Fact]
    public void A_text_every_ten_minutes_is_kept_and_eight_of_them_at_most()
    {
        var template = Empty.SaveDraft("0", Start);
        for (var minute = 1; minute <= 200; minute++)
        {
            template = template.SaveDraft(minute.ToString(System.Globalization.CultureInfo.InvariantCulture), Start.AddMinutes(minute));
        }

        var earlier = template.Latest!.Earlier!;
        Assert.Equal(8, earlier.Count);
        Assert.All(earlier.Zip(earlier.Skip(1)), pair => Assert.InRange((pair.Second.SavedAt - pair.First.SavedAt).TotalMinutes, 9, 11));
        Assert.True(Start.AddMinutes(200) - earlier[^1].SavedAt <= TimeSpan.FromMinutes(11));
    }

    [Fact]
    public void What_is_handed_in_carries_no_history()
    {
        var template = Empty.SaveDraft("一二三四五六七八九", Start).SaveDraft("一", Start).Submit(Start);
        Assert.Null(template.Latest!.Earlier);
        Assert.Null(template.Approve("gu", Start).Approved!.Earlier);
    }
}
