using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Customers;
using WeComOps.Directory;

namespace WeComOps.Console.Pages;

/// <summary>How many friends each advisor has, and the groups. No customer is named here.</summary>
[Authorize(Policy = ConsolePolicy.ReadCustomers)]
internal sealed class CustomersModel(ConsoleContext context, ICustomerStore customers, IGroupStore groups) : ConsolePage(context)
{
    public const int PageSize = 100;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    [BindProperty(SupportsGet = true, Name = "format")]
    public string? Format { get; set; }

    public IReadOnlyList<(Member Advisor, int Friends)> Advisors { get; private set; } = [];

    public IReadOnlyList<CustomerGroup> Groups { get; private set; } = [];

    public int Total { get; private set; }

    public long Friends { get; private set; }

    public int Number { get; private set; } = 1;

    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var counts = (await customers.CountByAdvisorAsync(cancellationToken)).ToDictionary(count => count.Advisor, count => count.Friends, StringComparer.Ordinal);
        var found = Names.Members.Where(member => member.HasCustomers && (Branch is null || member.BranchId == Branch)
                && (string.IsNullOrWhiteSpace(Filter) || member.Name.Contains(Filter.Trim(), StringComparison.OrdinalIgnoreCase)))
            .Select(member => (Advisor: member, Friends: counts.GetValueOrDefault(member.UserId)))
            .OrderByDescending(row => row.Friends).ThenBy(row => row.Advisor.UserId, StringComparer.Ordinal).ToArray();
        if (Format == "csv")
        {
            return Csv.File("advisors-customers.csv", ["advisor", "name", "branch", "friends"], found.Select(row => (IEnumerable<object?>)[row.Advisor.UserId, row.Advisor.Name, Names.Branch(row.Advisor.BranchId), row.Friends]));
        }

        (Total, Friends) = (found.Length, found.Sum(row => (long)row.Friends));
        Number = Math.Clamp(int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, Pages);
        Advisors = [.. found.Skip((Number - 1) * PageSize).Take(PageSize)];
        Groups = [.. (await groups.ListAsync(cancellationToken)).Where(group => Branch is null || Names.BranchOf(group.Owner) == Branch).OrderByDescending(group => group.CreatedAt).Take(PageSize)];
        return Page();
    }

    public string Here(int page) => Urls.With("/customers", ("branch", AskedBranch), ("q", Filter), ("page", page.ToString(CultureInfo.InvariantCulture)));
}
