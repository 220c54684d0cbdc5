using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Instructions;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>Asks something of advisors, with an approved template.</summary>
[Authorize(Policy = ConsolePolicy.IssueInstructions)]
internal sealed class InstructionNewModel(
    ConsoleContext context, PreflightInstruction preflight, IssueInstruction issue, ITemplateStore templates, IMarketStore market, TemplatePictures pictures, TimeProvider clock) : ConsolePage(context)
{
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm";

    [BindProperty]
    public InstructionForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "template")]
    public string? ChosenTemplate { get; set; }

    public string? Refusal { get; private set; }

    public IReadOnlyList<Template> Choices { get; private set; } = [];

    public Template? Chosen => Choices.FirstOrDefault(template => template.Id == ChosenTemplate);

    public InstructionKind? Kind => Chosen is { } template ? KindOf(template.Kind) : null;

    /// <summary>The approved text; null while nothing is chosen.</summary>
    public TemplateSource? Source { get; private set; }

    public IReadOnlyDictionary<string, DeclaredVariable> Variables => Source?.Variables ?? new Dictionary<string, DeclaredVariable>(StringComparer.Ordinal);

    /// <summary>The market figures that would be in the text.</summary>
    public IReadOnlyList<QuotedFigure> Quoted { get; private set; } = [];

    /// <summary>The pictures that would go with the text.</summary>
    public IReadOnlyList<NamedPicture> Images { get; private set; } = [];

    /// <summary>What issuing would do; null until everything is filled in.</summary>
    public InstructionPreflight? Preflight { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DayOf(clock.GetNow());
        Form.From = today.AddDays(1).ToDateTime(new TimeOnly(8, 30)).ToString(LocalTime, CultureInfo.InvariantCulture);
        Form.Deadline = today.AddDays(3).ToDateTime(new TimeOnly(20, 0)).ToString(LocalTime, CultureInfo.InvariantCulture);
        await LoadAsync(cancellationToken);
        Form.Branches = [.. Names.StaffedBranches.Select(branch => branch.Id)];
        Form.Title = Chosen?.Title;
        Form.Id = Chosen is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Chosen.Id}-{today:MMdd}");
        Form.DailyTarget = 40;
    }

    /// <summary>Shows what would leave; with the digest of what was shown it leaves, unless that has changed since.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Refusal = Read(out var request);
        if (request is null)
        {
            return Page();
        }

        if (Form.Read is { Length: > 0 } read)
        {
            if (await issue.IssueAsync(request, Viewer.Person.Id, read, cancellationToken) is not { } refused)
            {
                Tell(null, "工作要求已发出。任务从开始时间起送达客户经理。");
                return Redirect("/instructions/" + Uri.EscapeDataString(request.Id));
            }

            Refusal = refused.Message;
        }

        (Preflight, var why) = await preflight.LookAsync(request, Viewer.Person.Id, cancellationToken);
        Refusal ??= why;
        return Page();
    }

    /// <summary>From the store, not from the names at hand: what was approved a moment ago can be used.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Choices =
        [
            .. (await templates.ListAsync(cancellationToken)).Where(template => template.Approved is not null && KindOf(template.Kind) is not null)
                .OrderBy(template => template.Title, StringComparer.Ordinal),
        ];
        Source = Chosen?.Approved is { } version ? TemplateSource.Parse(version.Source).Source : null;
        Images = Source is null ? [] : await pictures.FindAsync(Source, cancellationToken);
        if (Source is { Market.Count: > 0 })
        {
            var now = clock.GetNow();
            Quoted = (await market.FactsAsync(now, cancellationToken)).QuotedBy(Source, now, TryTime(Form.From, out var from) ? from : now);
        }
    }

    private string? Read(out NewInstruction? request)
    {
        request = null;
        if (Chosen is null || Kind is not { } kind)
        {
            return T["请先选择一个已批准的模板。"];
        }

        if (Form.Id is not { Length: > 0 and <= 60 } id || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return T["编号用小写字母、数字和短横线，最多 60 个字。"];
        }

        if (string.IsNullOrWhiteSpace(Form.Title) || Form.Branches.Count == 0)
        {
            return T["请填写标题，并至少选择一个机构。"];
        }

        if (!TryTime(Form.From, out var from) || !TryTime(Form.Deadline, out var deadline))
        {
            return T["请填写开始和截止时间。"];
        }

        if (Form.Branches.Any(branch => !Viewer.Sees(branch)))
        {
            return T["所选机构不在您的范围内。"];
        }

        var destination = string.IsNullOrWhiteSpace(Form.Url) ? null : new LinkDestination(Form.Url.Trim(), Form.Product?.Trim() ?? string.Empty, Form.ProductLine?.Trim() ?? string.Empty);
        if (destination is { Product: "" } or { ProductLine: "" })
        {
            return T["带链接的工作要求要写明产品和产品线，成交才能归因。"];
        }

        request = new NewInstruction(
            id, kind, Form.Title.Trim(), Chosen.Id, from, deadline, Form.Branches, [], kind == InstructionKind.FriendRequests ? Form.DailyTarget : 0,
            kind == InstructionKind.GroupBuilding ? Form.GroupName?.Trim() : null, destination, Form.Variables);
        return null;
    }

    private static bool TryTime(string? text, out DateTimeOffset at)
    {
        var read = DateTime.TryParseExact(text, LocalTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        at = read ? ShanghaiTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)) : default;
        return read;
    }

    private static InstructionKind? KindOf(TemplateKind kind) => kind switch
    {
        TemplateKind.RequestCopy => InstructionKind.FriendRequests,
        TemplateKind.Moment => InstructionKind.Moment,
        TemplateKind.JoinCopy => InstructionKind.GroupBuilding,
        TemplateKind.GroupPost => InstructionKind.GroupPost,
        _ => null,
    };
}
