using Microsoft.Playwright;

namespace WeComOps.Browser.Tests;

/// <summary>A manager five minutes before the meeting: from the quadrant to the raw callback behind a number.</summary>
public sealed class ScorecardPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Manager = "林远";

    [Fact]
    public async Task A_manager_opens_a_number_down_to_a_raw_callback()
    {
        await using var visited = await fixture.SignInAsync(Manager);
        var page = visited.Page;
        await page.GotoAsync($"/?week={fixture.Run.LastWeek}");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameString = "本周三件事" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#quadrant canvas")).ToBeVisibleAsync();
        await visited.ScreenshotAsync("scorecard-1366.png");

        await page.GotoAsync($"/explain?week={fixture.Run.LastWeek}&metric=harm&subject=editor:zhao.lei");
        await visited.ScreenshotAsync("explain-1366.png");
        // A loss came as a callback: its fact names the inbox message.
        await page.Locator("a[href^='/facts/'][href*='friend_lost']").First.ClickAsync();
        await Assertions.Expect(page.GetByText("del_follow_user").First).ToBeVisibleAsync();
        await visited.ScreenshotAsync("fact-1366.png");
        Assert.Empty(visited.Errors);
    }

    [Fact]
    public async Task A_number_on_the_scorecard_opens_its_drawer()
    {
        await using var visited = await fixture.SignInAsync(Manager);
        var page = visited.Page;
        await page.GotoAsync($"/?week={fixture.Run.LastWeek}");
        await page.Locator("main a[data-drawer]").First.ClickAsync();
        await Assertions.Expect(page.Locator("#drawer")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#drawer a[href^='/facts/']").First).ToBeVisibleAsync();
        await visited.ScreenshotAsync("drawer-1366.png");
        Assert.Empty(visited.Errors);
    }

    [Theory]
    [InlineData(360, 780, false)]
    [InlineData(1366, 900, true)]
    [InlineData(1920, 1080, false)]
    public async Task The_scorecard_fits_the_screen(int width, int height, bool dark)
    {
        await using var visited = await fixture.SignInAsync(Manager, width, height, dark);
        var page = visited.Page;
        await page.GotoAsync($"/?week={fixture.Run.LastWeek}");
        await Assertions.Expect(page.Locator("#quadrant canvas")).ToBeVisibleAsync();
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        await visited.ScreenshotAsync($"scorecard-{width}{(dark ? "-dark" : string.Empty)}.png", fullPage: true);
        Assert.True(overflow <= 0, $"The page is {overflow} px wider than {width} px.");
        Assert.Empty(visited.Errors);
    }

    [Theory]
    [InlineData("陈静", "/instructions", "工作要求")]
    [InlineData("陈静", "/templates", "内容")]
    [InlineData("吴敏", "/questions", "应答台")]
    [InlineData("林远", "/links", "链接与成交")]
    [InlineData("林远", "/customers", "客户与群")]
    [InlineData("系统管理员", "/settings", "设置")]
    public async Task Every_room_of_the_console_opens(string person, string address, string title)
    {
        await using var visited = await fixture.SignInAsync(person);
        var answer = await visited.Page.GotoAsync(address);
        Assert.Equal(200, answer!.Status);
        await Assertions.Expect(visited.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameString = title }).First).ToBeVisibleAsync();
        await visited.ScreenshotAsync(address.Trim('/') + "-1366.png");
        Assert.Empty(visited.Errors);
    }
}
