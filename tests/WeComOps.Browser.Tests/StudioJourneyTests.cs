using Microsoft.Playwright;

namespace WeComOps.Browser.Tests;

/// <summary>A piece of content from the first line to the approval, through an editor and a reviewer.</summary>
public sealed class StudioJourneyTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly byte[] Point = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

    private const string Editor = "陈静";
    private const string Reviewer = "孙赫";
    private const string Id = "rate-cut-deposits";
    private const string Address = "/templates/" + Id;
    private const string Matter =
        "---\nkind: moment\ntitle: 降息以后钱怎么放\nproductLine: 存款\nproductType: none\naudience: 26至45岁代发客户\nvariables:\n  cut: { type: number, sample: \"25\" }\n  soon: { type: boolean, sample: \"true\" }\n"
        + "wordings:\n  opening:\n    - 各位朋友，\n    - 关心存款的朋友，\n---\n";
    private const string Body =
        "{{ opening }}昨夜降息 {{ cut }} 个基点。\n{{ if cut > 20 }}长期限的存款利率会先动，{{ else }}对存款影响不大，{{ end }}{{ soon ? \"这周\" : \"这个月\" }}可以先看看到期的钱。\n";

    [Fact]
    public async Task Content_is_stopped_by_a_rule_fixed_returned_and_approved_by_another_person()
    {
        await using var writing = await fixture.SignInAsync(Editor);
        await using var reviewing = await fixture.SignInAsync(Reviewer);
        await WriteAsync(writing);
        await SwitchBranchesAsync(writing.Page);
        await FixAsync(writing.Page);
        await ReturnAsync(reviewing);
        await ResubmitAsync(writing.Page);
        await ApproveAsync(reviewing);
        Assert.Empty(writing.Errors);
        Assert.Empty(reviewing.Errors);
    }

    [Theory]
    [InlineData(360, 780)]
    [InlineData(1366, 900)]
    public async Task The_studio_and_the_queue_fit_the_screen(int width, int height)
    {
        await using var visited = await fixture.SignInAsync(Reviewer, width, height);
        foreach (var (address, name) in ((string, string)[])[("/templates/review", "review-empty"), ("/templates/gold-moment", "studio-read")])
        {
            await visited.Page.GotoAsync(address);
            await FitsAsync(visited, $"{name}-{width}.png");
        }

        Assert.Empty(visited.Errors);
    }

    [Fact]
    public async Task A_picture_is_uploaded_and_chosen_without_leaving_the_text()
    {
        await using var writing = await fixture.SignInAsync(Editor);
        var page = writing.Page;
        await page.GotoAsync("/templates/new");
        await page.Locator("#source").FillAsync("---\nkind: moment\ntitle: 走势图\nproductType: none\naudience: 客户\n---\n今天的走势看图。\n");
        await page.GetByText("配图和图文链接").ClickAsync();
        await page.Locator("#picture-file").SetInputFilesAsync(new FilePayload { Name = "走势.png", MimeType = "image/png", Buffer = Point });
        await page.Locator("form[hx-post*='/pictures'] button").ClickAsync();
        await page.Locator("#studio-pictures [data-image]").First.ClickAsync();

        Assert.Matches("images: \\[[0-9a-f]{16}\\]", await page.Locator("#source").InputValueAsync());
        await Assertions.Expect(page.Locator(".phone .shots img")).ToHaveCountAsync(1);
        await FitsAsync(writing, "studio-pictures-1366.png");

        await page.Locator("#source").FillAsync("---\nkind: moment\ntitle: 走势图\nproductType: none\naudience: 客户\n---\n今天的走势看图。\n");
        await page.Locator("#studio-pictures [data-cover]").First.ClickAsync();
        await Assertions.Expect(page.Locator(".phone .link-card img")).ToHaveCountAsync(1);
        await FitsAsync(writing, "studio-card-1366.png");
        Assert.Empty(writing.Errors);
    }

    [Fact]
    public async Task An_approved_snippet_is_inserted_and_shown()
    {
        await using var writing = await fixture.SignInAsync(Editor);
        var page = writing.Page;
        await page.GotoAsync("/templates/new");
        await page.Locator("#source").FillAsync("---\nkind: group_post\ntitle: 资料\nproductType: none\naudience: 客户\n---\n这周的内容在这里。\n");
        await page.GetByText("已批准的片段").ClickAsync();
        await page.Locator("[data-snippet='materials']").ClickAsync();

        Assert.Contains("snippets:\n  materials: |\n    资料放在这里：{{ link }}（{{ advisor.name }}）\n---", await page.Locator("#source").InputValueAsync(), StringComparison.Ordinal);
        Assert.Contains("{{ include 'materials' }}", await page.Locator("#source").InputValueAsync(), StringComparison.Ordinal);
        await Assertions.Expect(page.Locator(".phone .words")).ToContainTextAsync("资料放在这里");
        // Again: it takes the place of the one of that name.
        await page.Locator("[data-snippet='materials']").ClickAsync();
        Assert.Single((await page.Locator("#source").InputValueAsync()).Split("  materials: |").Skip(1));
        // Another declaration of that name behind the snippets is left alone, and what stands there keeps its indentation.
        await page.Locator("#source").FillAsync("---\nkind: group_post\ntitle: x\nsnippets:\n    other: |\n      一\nwordings:\n  materials: [甲, 乙]\n---\n好\n");
        await page.Locator("[data-snippet='materials']").ClickAsync();
        Assert.Equal(
            "---\nkind: group_post\ntitle: x\nsnippets:\n    other: |\n      一\n    materials: |\n      资料放在这里：{{ link }}（{{ advisor.name }}）\nwordings:\n  materials: [甲, 乙]\n---\n好\n{{ include 'materials' }}\n",
            await page.Locator("#source").InputValueAsync());
        Assert.Empty(writing.Errors);
    }

    [Theory]
    [InlineData(360, 780)]
    [InlineData(1366, 900)]
    public async Task What_would_leave_is_read_before_it_leaves_and_can_be_stopped_after(int width, int height)
    {
        await using var visited = await fixture.SignInAsync(Editor, width, height);
        var page = visited.Page;
        await page.GotoAsync("/instructions/new?template=rates-moment");
        await page.GetByLabel("编号").FillAsync("rates-" + width.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.Locator("[name='Form.Url']").FillAsync("https://shop.bank.example/p/wealth/guxiang-90");
        await page.Locator("[name='Form.Product']").FillAsync("固享90天");
        await page.Locator("[name='Form.ProductLine']").FillAsync("wealth");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameString = "看会发出什么" }).ClickAsync();
        var said = page.Locator("#preflight");
        await Assertions.Expect(said).ToContainTextAsync("位客户经理，共");
        await Assertions.Expect(said.Locator(".words").First).ToContainTextAsync("10年期国债收益率");
        await FitsAsync(visited, $"preflight-{width}.png");
        await said.Locator("button[name='Form.Read']").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/instructions/rates-", StringComparison.Ordinal));

        await page.GetByLabel("为什么停止").FillAsync("先改写再发");
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameString = "停止这个工作要求" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert", new PageLocatorOptions { HasTextString = "先改写再发" }).First).ToBeVisibleAsync();
        await FitsAsync(visited, $"stopped-{width}.png");
        Assert.Empty(visited.Errors);
    }

    /// <summary>A promise of return is marked at its line while it is typed, and the draft cannot be submitted.</summary>
    private static async Task WriteAsync(VisitedPage writing)
    {
        var page = writing.Page;
        await page.GotoAsync("/templates/new");
        await page.GetByLabel("编号").FillAsync(Id);
        await page.Locator("#source").FillAsync(Matter + Body + "这样放稳赚。\n");
        await Assertions.Expect(page.Locator("#studio-lint li.is-block")).ToContainTextAsync("稳赚");
        await Assertions.Expect(page.Locator(".gutter .at-block")).ToHaveTextAsync("17");
        await Assertions.Expect(page.Locator(".phone .words")).ToContainTextAsync("昨夜降息 25 个基点");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameString = "保存草稿" }).ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith(Address, StringComparison.Ordinal));
        await Assertions.Expect(Submit(page)).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("#submit-area")).ToContainTextAsync("还有 1 处必须改");
        await FitsAsync(writing, "studio-1366.png");
    }

    private static async Task SwitchBranchesAsync(IPage page)
    {
        var words = page.Locator(".phone .words");
        await Assertions.Expect(page.Locator(".branch-said")).ToContainTextAsync("/ 4");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < 4; step++)
        {
            var said = await page.Locator(".branch-said strong").TextContentAsync();
            seen.Add(await words.TextContentAsync() ?? string.Empty);
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameString = "下一个分支" }).ClickAsync();
            await Assertions.Expect(page.Locator(".branch-said strong")).Not.ToHaveTextAsync(said!);
        }

        Assert.Equal(4, seen.Count);
        Assert.Contains(seen, text => text.Contains("影响不大，这个月", StringComparison.Ordinal));
    }

    /// <summary>The words are taken out; the draft is kept without a click, then handed in.</summary>
    private static async Task FixAsync(IPage page)
    {
        await page.Locator("#studio-lint li.is-block .link").ClickAsync();
        await page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(page.Locator("#studio-lint li.is-block")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#saved")).ToContainTextAsync("已自动保存 · 第 1 版草稿");
        await Submit(page).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("已提交审核");
        await Assertions.Expect(page.Locator("#source")).Not.ToBeEditableAsync();
    }

    private static async Task ReturnAsync(VisitedPage reviewing)
    {
        var page = reviewing.Page;
        await page.GotoAsync("/templates/review");
        await Assertions.Expect(page.Locator(".rail-count")).ToHaveTextAsync("1");
        await FitsAsync(reviewing, "review-1366.png");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameString = "降息以后钱怎么放" }).ClickAsync();
        await page.GetByLabel("要改什么").FillAsync("第一句再短一些");
        await page.Locator(".gutter span", new PageLocatorOptions { HasTextString = "15" }).ClickAsync();
        await page.Locator("[name=remark]").FillAsync("“昨夜”说得太细");
        await FitsAsync(reviewing, "studio-review-1366.png");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameString = "退回" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("已退回给作者");
    }

    private static async Task ResubmitAsync(IPage page)
    {
        await page.GotoAsync(Address);
        await Assertions.Expect(page.GetByText("第一句再短一些")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".findings li[data-at='15']").First).ToContainTextAsync("说得太细");
        await Assertions.Expect(Submit(page)).ToBeDisabledAsync();
        await page.Locator("#source").FillAsync(Matter + Body.Replace("昨夜降息", "降息", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#saved")).ToContainTextAsync("已自动保存 · 第 2 版草稿");
        await Submit(page).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("已提交审核");
    }

    private static async Task ApproveAsync(VisitedPage reviewing)
    {
        var page = reviewing.Page;
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.GotoAsync("/templates/review");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameString = "和退回的第 1 版比较" }).ClickAsync();
        await Assertions.Expect(page.Locator(".diff .is-changed")).ToHaveCountAsync(1);
        await FitsAsync(reviewing, "diff-1366.png");
        foreach (var (address, name) in ((string, string)[])[("/templates/review", "review"), (Address + "/diff", "diff"), (Address, "studio")])
        {
            await page.SetViewportSizeAsync(360, 780);
            await page.GotoAsync(address);
            await FitsAsync(reviewing, $"{name}-360.png");
        }

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameString = "批准" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("已批准");
        await Assertions.Expect(page.Locator(".page-head .tag")).ToHaveTextAsync("已批准");
    }

    private static ILocator Submit(IPage page) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameString = "提交审核" });

    private static async Task FitsAsync(VisitedPage visited, string picture)
    {
        var overflow = await visited.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        await visited.ScreenshotAsync(picture, fullPage: true);
        Assert.True(overflow <= 0, $"{picture}: the page is {overflow} px too wide.");
    }
}
