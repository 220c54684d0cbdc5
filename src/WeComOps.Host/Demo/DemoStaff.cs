using System.Globalization;
using System.Text.Json;
using WeComOps.Answers;
using WeComOps.Directory;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Host.Demo;

/// <summary>
/// The demo's mid-office at work, through the same use cases as the console: two teams that ask the same of advisors, one
/// with timely professional content, one with coupons; a reviewer; a desk that answers.
/// </summary>
internal sealed class DemoStaff(
    TemplateDesk templates, IssueInstruction issue, EnterMarketFact enter, IMarketStore market, AnswerDesk desk, IQuestionStore questions, ITemplateStore templateStore, ITemplateEngine engine,
    IDirectoryStore directory, BusinessCalendar calendar, HttpClient http, TimeProvider clock)
{
    private static readonly TimeOnly DeskOpens = new(9, 0);
    private static readonly TimeOnly DeskCloses = new(17, 30);

    /// <summary>Branches that get only the professional team's content, only the coupon team's, or both.</summary>
    private static readonly string[] ProfessionalOnly = ["天河支行", "越秀支行"];
    private static readonly string[] CouponOnly = ["海珠支行", "番禺支行"];

    /// <summary>Reads the template files, and has every one approved by another person than its author.</summary>
    public async Task PrepareTemplatesAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(folder, "*.scriban", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var id = Path.GetFileNameWithoutExtension(file);
            var (author, team) = id.StartsWith("coupon-", StringComparison.Ordinal)
                ? (DemoPeople.CouponEditor, DemoPeople.CouponTeam)
                : (DemoPeople.ProfessionalEditor, DemoPeople.ProfessionalTeam);
            var faults = await templates.SaveDraftAsync(id, author, team, await File.ReadAllTextAsync(file, cancellationToken), cancellationToken);
            if (faults.Count > 0)
            {
                throw new InvalidOperationException($"{file}: {faults[0]}");
            }

            Expect(await templates.SubmitAsync(id, author, cancellationToken));
            var submitted = await templateStore.FindAsync(id, cancellationToken);
            Expect((await templates.ApproveAsync(id, ReadVersion.Of(submitted!.Latest!), DemoPeople.Reviewer, cancellationToken))?.Message);
        }
    }

    /// <summary>What was published since it was last looked at goes into the table of market figures, as an editor would enter it.</summary>
    public async Task KeepMarketAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var known = (await market.CurrentAsync(now, cancellationToken)).ToDictionary(entry => entry.Name, entry => entry.At, StringComparer.Ordinal);
        for (var back = 6; back >= 0; back--)
        {
            foreach (var fact in await MarketOfAsync(day.AddDays(-back), cancellationToken))
            {
                if (fact.At > now || (known.TryGetValue(fact.Name, out var latest) && fact.At <= latest))
                {
                    continue;
                }

                var faults = await enter.EnterAsync(new NewMarketFact(fact.Name, fact.Value, fact.Unit, fact.Source, fact.At, Corrects: null), DemoPeople.ProfessionalEditor, cancellationToken);
                Expect(faults.Count == 0 ? null : faults[0].Message);
            }
        }
    }

    /// <summary>What the teams ask for on this morning.</summary>
    public async Task PlanDayAsync(DateOnly day, DateOnly firstMonday, CancellationToken cancellationToken)
    {
        if (!calendar.IsWorkday(day))
        {
            return;
        }

        var branches = await directory.BranchesAsync(cancellationToken);
        var professional = Ids(branches.Where(branch => branch.ParentId is not null && !CouponOnly.Contains(branch.Name)));
        var coupon = Ids(branches.Where(branch => branch.ParentId is not null && !ProfessionalOnly.Contains(branch.Name)));
        var plainCopy = Ids(branches.Where(branch => ProfessionalOnly.Contains(branch.Name) || branch.Name == "白云支行"));
        var offerCopy = Ids(branches.Where(branch => CouponOnly.Contains(branch.Name) || branch.Name == "黄埔支行"));
        var week = (day.DayNumber - firstMonday.DayNumber) / 7;
        switch (day.DayOfWeek)
        {
            case DayOfWeek.Monday:
                await RequestsAsync(day, "plain-request", DemoPeople.ProfessionalEditor, plainCopy, cancellationToken);
                await RequestsAsync(day, "coupon-request", DemoPeople.CouponEditor, offerCopy, cancellationToken);
                await MomentAsync(day, "gold-moment", DemoPeople.ProfessionalEditor, professional, Gold, cancellationToken);
                if (week % 2 == 1)
                {
                    var number = string.Create(CultureInfo.InvariantCulture, $"{(week / 2) + 1}群");
                    await GroupsAsync(day, "gold-group", DemoPeople.ProfessionalEditor, plainCopy, "黄金观察" + number + "·{branch}·{advisor}", cancellationToken);
                    await GroupsAsync(day, "coupon-group", DemoPeople.CouponEditor, offerCopy, "福利" + number + "·{branch}·{advisor}", cancellationToken);
                }

                break;
            case DayOfWeek.Tuesday:
                await MomentAsync(day, "coupon-moment", DemoPeople.CouponEditor, coupon, Wealth, cancellationToken);
                break;
            case DayOfWeek.Wednesday:
                await PostAsync(day, "rates-post", DemoPeople.ProfessionalEditor, professional, Wealth, cancellationToken);
                break;
            case DayOfWeek.Thursday:
                await MomentAsync(day, "rates-moment", DemoPeople.ProfessionalEditor, professional, Wealth, cancellationToken);
                await PostAsync(day, "coupon-post", DemoPeople.CouponEditor, coupon, Wealth, cancellationToken);
                break;
            case DayOfWeek.Friday:
                await MomentAsync(day, "coupon-points-moment", DemoPeople.CouponEditor, coupon, Wealth, cancellationToken);
                break;
            default:
                break;
        }
    }

    /// <summary>The desk answers what has waited for its while; some questions wait too long.</summary>
    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var time = TimeOnly.FromDateTime(ShanghaiTime.ToLocal(now).DateTime);
        if (!calendar.IsWorkday(ShanghaiTime.DayOf(now)) || time < DeskOpens || time > DeskCloses)
        {
            return;
        }

        foreach (var question in await questions.WaitingAsync(cancellationToken))
        {
            // Drawn from the question's id: the same story answers it after the same while.
            var draw = Convert.ToInt32(question.Id[^4..], 16) % 100;
            var minutes = draw < 12 ? 150 : 5 + (draw % 45);
            if (now - question.AskedAt < TimeSpan.FromMinutes(minutes))
            {
                continue;
            }

            var template = question.Topic switch { Topics.Benefits => "benefits-answer", "loan" or Topics.Other => "service-answer", _ => "investment-answer" };
            var (text, content) = await AnswerTextAsync(template, question, cancellationToken);
            await desk.ClaimAsync(question.Id, DemoPeople.Answerer, cancellationToken);
            Expect(await desk.AnswerAsync(question.Id, DemoPeople.Answerer, text, content, cancellationToken));
        }
    }

    private static LinkDestination Gold { get; } = new("https://shop.bank.example/p/gold/jicunjin", "积存金", "gold");

    private static LinkDestination Wealth { get; } = new("https://shop.bank.example/p/wealth/guxiang-90", "固享90天", "wealth");

    private static string[] Ids(IEnumerable<Branch> branches) => [.. branches.Select(branch => branch.Id)];

    private async Task<(string Text, ContentRef Content)> AnswerTextAsync(string id, Question question, CancellationToken cancellationToken)
    {
        var template = (await templateStore.FindAsync(id, cancellationToken))!;
        var source = TemplateSource.Parse(template.Approved!.Source).Source!;
        var advisor = (await directory.FindMemberAsync(question.Advisor, cancellationToken))!;
        var model = TemplateModels.Build(
            source, new Dictionary<string, string>(StringComparer.Ordinal), source.WordingOf(0), (advisor.Name, advisor.Title ?? string.Empty, question.Branch), link: null,
            ShanghaiTime.DayOf(clock.GetNow()));
        var (text, fault) = engine.Compile(source).Program!.Render(model);
        return (text ?? throw new InvalidOperationException($"{id}: {fault}"),
            new ContentRef(null, template.Id, template.Approved.Number, null, template.Author, AnswerDesk.Team, template.ProductLine));
    }

    private Task RequestsAsync(DateOnly monday, string template, string editor, string[] branches, CancellationToken cancellationToken) => IssueAsync(
        Request(InstructionKind.FriendRequests, monday, template, branches) with
        {
            From = ShanghaiTime.At(monday, new TimeOnly(8, 45)),
            Deadline = ShanghaiTime.At(monday.AddDays(4), new TimeOnly(23, 0)),
            DailyTarget = 20,
        },
        editor, cancellationToken);

    private Task GroupsAsync(DateOnly monday, string template, string editor, string[] branches, string name, CancellationToken cancellationToken) => IssueAsync(
        Request(InstructionKind.GroupBuilding, monday, template, branches) with { Deadline = ShanghaiTime.At(monday.AddDays(1), new TimeOnly(18, 0)), GroupName = name },
        editor, cancellationToken);

    private async Task MomentAsync(DateOnly day, string template, string editor, string[] branches, LinkDestination link, CancellationToken cancellationToken) =>
        await IssueAsync(
            Request(InstructionKind.Moment, day, template, branches) with { Destination = link, Variables = await VariablesAsync(template, day, cancellationToken) },
            editor, cancellationToken);

    private async Task PostAsync(DateOnly day, string template, string editor, string[] branches, LinkDestination link, CancellationToken cancellationToken) =>
        await IssueAsync(
            Request(InstructionKind.GroupPost, day, template, branches) with { Destination = link, Variables = await VariablesAsync(template, day, cancellationToken) },
            editor, cancellationToken);

    private static NewInstruction Request(InstructionKind kind, DateOnly day, string template, string[] branches) => new(
        string.Create(CultureInfo.InvariantCulture, $"{template}-{day:yyyyMMdd}"), kind, Title: string.Empty,
        template, ShanghaiTime.At(day, new TimeOnly(9, 0)), ShanghaiTime.At(day, new TimeOnly(20, 0)), branches, Advisors: [], DailyTarget: 0, GroupName: null,
        Destination: null, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The market facts of the morning, as the editor reads them; only what the template asks for.</summary>
    private async Task<IReadOnlyDictionary<string, string>> VariablesAsync(string template, DateOnly day, CancellationToken cancellationToken)
    {
        var source = TemplateSource.Parse((await templateStore.FindAsync(template, cancellationToken))!.Approved!.Source).Source!;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var back = 0; back < 7 && values.Count < source.Variables.Count; back++)
        {
            foreach (var fact in await MarketOfAsync(day.AddDays(-back), cancellationToken))
            {
                if (source.Variables.ContainsKey(fact.Name) && fact.At <= clock.GetNow())
                {
                    values.TryAdd(fact.Name, fact.Value);
                }
            }
        }

        return values;
    }

    private async Task<IReadOnlyList<MarketFact>> MarketOfAsync(DateOnly day, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"/sandbox/bank/market?day={day:yyyy-MM-dd}"), cancellationToken));
        return
        [
            .. document.RootElement.EnumerateArray().Select(fact => new MarketFact(
                fact.GetProperty("key").GetString()!, fact.GetProperty("value").GetString()!, fact.GetProperty("source").GetString()!, fact.GetProperty("time").GetDateTimeOffset(),
                fact.GetProperty("unit").GetString())),
        ];
    }

    private async Task IssueAsync(NewInstruction request, string editor, CancellationToken cancellationToken)
    {
        var title = (await templateStore.FindAsync(request.Template, cancellationToken))!.Title;
        var day = ShanghaiTime.DayOf(request.From);
        var titled = request with { Title = string.Create(CultureInfo.InvariantCulture, $"{title}（{day.Month}月{day.Day}日）") };
        Expect(await issue.IssueAsync(titled, editor, cancellationToken));
    }

    private static void Expect(string? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException(refusal);
        }
    }
}
