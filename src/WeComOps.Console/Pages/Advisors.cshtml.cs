using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Cards;
using WeComOps.Console.Naming;
using WeComOps.Console.Security;
using WeComOps.Scorecard;

namespace WeComOps.Console.Pages;

/// <summary>All advisors of the week: filter, order and page stand in the address.</summary>
[Authorize(Policy = ConsolePolicy.ReadScorecards)]
internal sealed class AdvisorsModel(ConsoleContext context) : ConsolePage(context)
{
    public const int PageSize = 100;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    /// <summary>score, name, branch or a metric; a leading minus turns the order around.</summary>
    [BindProperty(SupportsGet = true, Name = "sort")]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "format")]
    public string? Format { get; set; }

    public WeekCard Card { get; private set; } = null!;

    public IReadOnlyList<SubjectScore> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int Number { get; private set; } = 1;

    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public decimal? Mean { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Card = (await Context.Shelf.GetAsync(Week, cancellationToken)).Narrow(Viewer, Names);
        var found = Order(Card.FrontOf("advisor:").Where(Matches)).ToArray();
        if (Format == "csv")
        {
            return Csv.File($"advisors-{Week}.csv", Head(), found.Select(Cells));
        }

        Total = found.Length;
        Mean = found.Any(score => score.Score is not null) ? found.Average(score => score.Score) : null;
        Number = Math.Clamp(int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, Pages);
        Rows = [.. found.Skip((Number - 1) * PageSize).Take(PageSize)];
        return Page();
    }

    /// <summary>This page with another order or page.</summary>
    public string Here(string? sort = null, int? page = null, string? format = null) => Urls.With(
        "/advisors", ("week", Week.ToString()), ("branch", AskedBranch), ("q", Filter), ("sort", sort ?? Sort),
        ("page", page?.ToString(CultureInfo.InvariantCulture)), ("format", format));

    public string Turned(string column) => Sort == column ? "-" + column : column;

    private bool Matches(SubjectScore score)
    {
        var id = Names.Split(score.Subject).Id;
        return (Branch is null || Names.BranchOf(id) == Branch)
            && (string.IsNullOrWhiteSpace(Filter) || Names.Advisor(id).Contains(Filter.Trim(), StringComparison.OrdinalIgnoreCase) || id.Contains(Filter.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    private IEnumerable<SubjectScore> Order(IEnumerable<SubjectScore> scores)
    {
        var column = (Sort ?? "score").TrimStart('-');
        var byId = scores.OrderBy(score => score.Subject, StringComparer.Ordinal);
        var ordered = column switch
        {
            "name" => byId.OrderBy(score => Names.Advisor(Names.Split(score.Subject).Id), StringComparer.Ordinal),
            "branch" => byId.OrderBy(score => Names.Branch(Names.BranchOf(Names.Split(score.Subject).Id)), StringComparer.Ordinal),
            _ when Metric.Actions.Contains(column) => byId.OrderBy(score => score.Lines.FirstOrDefault(line => line.Metric == column)?.Value ?? 2),
            _ => byId.OrderBy(score => score.Score ?? 101),
        };
        return Sort?.StartsWith('-') == true ? ordered.Reverse() : ordered;
    }

    private static string[] Head() => ["advisor", "name", "branch", "score", .. Metric.Actions];

    private IEnumerable<object?> Cells(SubjectScore score)
    {
        var id = Names.Split(score.Subject).Id;
        return
        [
            id, Names.Advisor(id), Names.Branch(Names.BranchOf(id)), score.Score,
            .. Metric.Actions.Select(metric => (object?)score.Lines.FirstOrDefault(line => line.Metric == metric)?.Value),
        ];
    }
}
