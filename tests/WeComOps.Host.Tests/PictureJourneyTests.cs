using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using WeComOps.Host.Demo;
using WeComOps.Host.Jobs;
using WeComOps.Host.Tests.Healing;
using WeComOps.Instructions;
using WeComOps.Media;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.WeCom;

namespace WeComOps.Host.Tests;

/// <summary>A picture from its upload in the console to the posts that the simulated WeCom shows, over real HTTP.</summary>
public sealed class PictureJourneyTests : IAsyncLifetime
{
    private static readonly DateOnly Monday = DemoSettings.FirstMonday;
    private static readonly byte[] Chart = Png(640, 480);
    private DeafBank _bank = null!;

    public async ValueTask InitializeAsync() => _bank = await DeafBank.StartAsync(seed: 3, advisors: 6, lost: 1);

    public ValueTask DisposeAsync() => _bank.DisposeAsync();

    [Fact]
    public async Task Moments_and_group_posts_show_the_picture_and_one_of_four_days_later_shows_a_new_copy_of_it()
    {
        var (picture, _) = await The<AddPicture>().AddAsync("chart.png", Chart, DemoPeople.ProfessionalEditor, CancellationToken.None);
        await ApproveAsync("chart-moment", Text("moment"));
        await ApproveAsync("chart-post", Text("group_post"));

        await IssueAsync("m-1", InstructionKind.Moment, "chart-moment", Monday);
        await IssueAsync("p-1", InstructionKind.GroupPost, "chart-post", Monday);
        var first = (await CopyAsync(picture!, MediaUse.Moment))!;
        Assert.NotEqual(first.MediaId, (await CopyAsync(picture!, MediaUse.Message))!.MediaId);
        await IssueAsync("m-2", InstructionKind.Moment, "chart-moment", Monday.AddDays(4));

        var digest = Convert.ToHexStringLower(SHA256.HashData(Chart));
        Assert.Equal([digest, digest], PicturesOf("moments"));
        Assert.NotEmpty(PicturesOf("posts"));
        Assert.All(PicturesOf("posts"), shown => Assert.Equal(digest, shown));
        Assert.All(await The<IPushStore>().OfInstructionAsync("m-2", CancellationToken.None), slice => Assert.Equal(SliceState.Accepted, slice.State));
        Assert.NotEqual(first.MediaId, (await CopyAsync(picture!, MediaUse.Moment))!.MediaId);
        var stale = await The<IWeComApi>().CreateMomentTaskAsync(new NewMomentTask("旧的", null, ["adv_001"], [], [first.MediaId]), CancellationToken.None);
        Assert.Equal(ApiCodes.NoSuchMedia, Assert.IsType<ApiResult<string>.Rejected>(stale).Code);
    }

    [Fact]
    public async Task A_copy_that_wecom_forgot_before_its_time_is_uploaded_again_and_the_moment_goes_out_once()
    {
        var (picture, _) = await The<AddPicture>().AddAsync("chart.png", Chart, DemoPeople.ProfessionalEditor, CancellationToken.None);
        await ApproveAsync("chart-moment", Text("moment"));
        var changes = new Changes();
        changes.PictureCopies.Add(new PictureCopy(picture!.Id, MediaUse.Moment, "MEDIA_that_is_gone", ShanghaiTime.At(Monday.AddDays(-1), new TimeOnly(18, 0))));
        await The<IChangeStore>().CommitAsync(changes, CancellationToken.None);

        await IssueAsync("m-1", InstructionKind.Moment, "chart-moment", Monday);

        Assert.Equal([Convert.ToHexStringLower(SHA256.HashData(Chart))], PicturesOf("moments"));
        Assert.Equal(SliceState.Accepted, Assert.Single(await The<IPushStore>().OfInstructionAsync("m-1", CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_link_card_leaves_with_its_cover_and_a_lost_answer_is_found_by_its_link()
    {
        await The<AddPicture>().AddAsync("chart.png", Chart, DemoPeople.ProfessionalEditor, CancellationToken.None);
        await ApproveAsync("card-moment", CardText("moment"));
        await ApproveAsync("card-post", CardText("group_post"));
        var link = new LinkDestination("https://shop.bank.example/p/gold/jicunjin", "积存金", "gold");
        Assert.Contains("请填写链接的去处", await TryIssueAsync("m-0", InstructionKind.Moment, "card-moment", Monday, null), StringComparison.Ordinal);

        await IssueAsync("p-1", InstructionKind.GroupPost, "card-post", Monday, link);
        // WeCom takes the task, and its answer is lost.
        _bank.Break("""{"dropReply":["externalcontact/add_moment_task"],"times":1,"loseCallbacks":1}""");
        await IssueAsync("m-1", InstructionKind.Moment, "card-moment", Monday, link);

        Assert.All(await The<IPushStore>().OfInstructionAsync("p-1", CancellationToken.None), slice => Assert.Equal(SliceState.Running, slice.State));
        var lost = Assert.Single(await The<IPushStore>().OfInstructionAsync("m-1", CancellationToken.None));
        Assert.Equal((SliceState.Unknown, false), (lost.State, lost.Text.Contains(lost.Marker!, StringComparison.Ordinal)));
        _bank.Clock.MoveTo(_bank.Clock.GetNow().AddMinutes(2));
        await The<WorkCycle>().DrainAsync(CancellationToken.None);
        Assert.Equal(SliceState.Running, Assert.Single(await The<IPushStore>().OfInstructionAsync("m-1", CancellationToken.None)).State);
    }

    [Fact]
    public async Task Nothing_is_issued_with_a_picture_that_is_not_there()
    {
        await The<TemplateDesk>().SaveDraftAsync("lost-chart", DemoPeople.ProfessionalEditor, DemoPeople.ProfessionalTeam, Text("moment"), CancellationToken.None);
        Assert.Contains("没有这张图片", await The<TemplateDesk>().SubmitAsync("lost-chart", DemoPeople.ProfessionalEditor, CancellationToken.None), StringComparison.Ordinal);
    }

    private T The<T>()
        where T : notnull => _bank.The<T>();

    private Task<PictureCopy?> CopyAsync(Picture picture, MediaUse use) => The<IPictureStore>().FindCopyAsync(picture.Id, use, CancellationToken.None);

    private static string Text(string kind) => $"---\nkind: {kind}\ntitle: 走势图\nproductType: none\nimages: [chart.png]\n---\n今天的走势看图。\n";

    private static string CardText(string kind) => $"---\nkind: {kind}\ntitle: 图文\nproductType: none\ncard: {{ title: 积存金怎么买, description: 三步看懂, cover: chart.png }}\n---\n积存金怎么买，看这一篇。\n";

    private async Task ApproveAsync(string id, string text)
    {
        Assert.Empty(await The<TemplateDesk>().SaveDraftAsync(id, DemoPeople.ProfessionalEditor, DemoPeople.ProfessionalTeam, text, CancellationToken.None));
        Assert.Null(await The<TemplateDesk>().SubmitAsync(id, DemoPeople.ProfessionalEditor, CancellationToken.None));
        var read = ReadVersion.Of((await The<ITemplateStore>().FindAsync(id, CancellationToken.None))!.Latest!);
        Assert.Null(await The<TemplateDesk>().ApproveAsync(id, read, DemoPeople.Reviewer, CancellationToken.None));
    }

    /// <summary>Issued at nine and launched at ten of the day.</summary>
    private async Task IssueAsync(string id, InstructionKind kind, string template, DateOnly day, LinkDestination? link = null)
    {
        Assert.Null(await TryIssueAsync(id, kind, template, day, link));
        _bank.Clock.MoveTo(Later(ShanghaiTime.At(day, new TimeOnly(10, 0))));
        await The<WorkCycle>().DrainAsync(CancellationToken.None);
    }

    private async Task<string?> TryIssueAsync(string id, InstructionKind kind, string template, DateOnly day, LinkDestination? link)
    {
        _bank.Clock.MoveTo(Later(ShanghaiTime.At(day, new TimeOnly(9, 0))));
        var from = Later(ShanghaiTime.At(day, new TimeOnly(10, 0)));
        var branches = (await The<Directory.IDirectoryStore>().BranchesAsync(CancellationToken.None)).Select(branch => branch.Id).ToArray();
        return await The<IssueInstruction>().IssueAsync(
            new NewInstruction(id, kind, "走势图", template, from, from.AddHours(9), branches, [], 0, null, link, new Dictionary<string, string>(StringComparer.Ordinal)),
            DemoPeople.ProfessionalEditor, CancellationToken.None);
    }

    private DateTimeOffset Later(DateTimeOffset at) => at > _bank.Clock.GetNow() ? at : _bank.Clock.GetNow();

    private IEnumerable<string?> PicturesOf(string posts)
    {
        using var books = JsonDocument.Parse(_bank.Bank.Run.Sandbox.BooksJson("2026-W43"));
        return [.. books.RootElement.GetProperty(posts).EnumerateArray().SelectMany(post => post.GetProperty("pictures").EnumerateArray()).Select(shown => shown.GetString())];
    }

    private static byte[] Png(int width, int height)
    {
        var bytes = new byte[40];
        byte[] head = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        head.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }
}
