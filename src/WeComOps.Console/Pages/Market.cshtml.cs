using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>The figures that content quotes: what counts now and how old it is, who entered what, and a form for the next one.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed class MarketModel(ConsoleContext context, IMarketStore market, ITemplateStore templates, EnterMarketFact enter, TimeProvider clock) : ConsolePage(context)
{
    private const int MostHistory = 200;

    [BindProperty(SupportsGet = true, Name = "name")]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true, Name = "corrects")]
    public string? Corrects { get; set; }

    [BindProperty]
    public MarketForm Form { get; set; } = new();

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<MarketRow> Rows { get; private set; } = [];

    public IReadOnlyList<MarketEntry> History { get; private set; } = [];

    public IReadOnlyList<MarketFault> Faults { get; private set; } = [];

    public bool MayWrite => Viewer.May(ConsolePolicy.WriteTemplates);

    public int Unusable => Rows.Count(row => row.Entry is null || row.IsStale(Now));

    public string? FaultOf(string field) => Faults.FirstOrDefault(fault => fault.Field == field)?.Message;

    /// <summary>Neither corrected nor withdrawn.</summary>
    public bool Counts(MarketEntry entry) => entry.Value is not null && History.All(later => later.Corrects != entry.Id);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var row = Rows.FirstOrDefault(row => row.Name == Name);
        var declared = row?.UsedBy.Select(use => use.Declared).FirstOrDefault();
        var before = Corrected() ?? row?.Entry;
        Form = new MarketForm
        {
            Name = Name,
            Value = Corrected()?.Value,
            Unit = before?.Unit ?? declared?.Unit,
            Source = before?.Source ?? declared?.Source,
            At = MarketForm.Written(Corrected()?.At ?? Now),
            Corrects = Corrected()?.Id,
        };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!MayWrite)
        {
            return Forbid();
        }

        var corrected = string.IsNullOrEmpty(Form.Corrects) ? null : await market.FindAsync(Form.Corrects, cancellationToken);
        Faults = await enter.EnterAsync(Form.Read(corrected), Viewer.Person.Id, cancellationToken);
        if (Faults.Count == 0)
        {
            Tell(null, corrected is null ? "行情数据已录入，写好的内容从现在起用这个数值。" : "行情数据已更正。已经发出的内容不会改变。");
            return Redirect(Urls.With("/market", ("name", Form.Name?.Trim())));
        }

        Name = Form.Name;
        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string? entry, CancellationToken cancellationToken)
    {
        if (!MayWrite)
        {
            return Forbid();
        }

        Tell(await enter.WithdrawAsync(entry ?? string.Empty, Viewer.Person.Id, cancellationToken), "已撤回，写好的内容不再用这个数值。已经发出的内容不会改变。");
        return Redirect(Urls.With("/market", ("name", Name)));
    }

    private MarketEntry? Corrected() => string.IsNullOrEmpty(Corrects) ? null : History.FirstOrDefault(entry => entry.Id == Corrects && Counts(entry));

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Now = clock.GetNow();
        Rows = MarketRow.Of(await market.CurrentAsync(Now, cancellationToken), await templates.ListAsync(cancellationToken));
        History = string.IsNullOrEmpty(Name) ? [] : await market.HistoryAsync(Name, MostHistory, cancellationToken);
    }
}
