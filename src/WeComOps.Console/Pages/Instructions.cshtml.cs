using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Language;
using WeComOps.Console.Progress;
using WeComOps.Console.Security;
using WeComOps.Instructions;
using WeComOps.Primitives;

namespace WeComOps.Console.Pages;

/// <summary>What was asked in the week, and how far it is.</summary>
[Authorize(Policy = ConsolePolicy.ReadInstructions)]
internal sealed class InstructionsModel(ConsoleContext context, IInstructionStore instructions, ProgressReader progress) : ConsolePage(context)
{
    /// <summary>Outcomes come up to this long after the window.</summary>
    private const int DaysAfter = 7;

    [BindProperty(SupportsGet = true, Name = "format")]
    public string? Format { get; set; }

    public IReadOnlyList<(Instruction Instruction, InstructionProgress? Progress)> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var listed = (await instructions.ListAsync(cancellationToken))
            .Where(instruction => instruction.From < Week.End && instruction.Deadline >= Week.Start && (Branch is null || instruction.Branches.Contains(Branch)))
            .OrderBy(instruction => instruction.Deadline).ThenBy(instruction => instruction.Id, StringComparer.Ordinal).ToArray();
        var counted = await ReadAsync(progress, listed, Branch, cancellationToken);
        Rows = [.. listed.Select(instruction => (instruction, counted.GetValueOrDefault(instruction.Id)))];
        return Format == "csv"
            ? Csv.File(
                $"instructions-{Week}.csv", ["id", "kind", "title", "template", "deadline", "given", "done", "actions", "reached", "lost"],
                Rows.Select(row => (IEnumerable<object?>)
                [
                    row.Instruction.Id, Labels.Kind(T, row.Instruction.Kind), row.Instruction.Title, row.Instruction.Content.TemplateVersion, row.Instruction.Deadline,
                    row.Progress?.Given, row.Progress?.Done, row.Progress?.Actions, row.Progress?.Reached, row.Progress?.Lost,
                ]))
            : Page();
    }

    internal static async Task<IReadOnlyDictionary<string, InstructionProgress>> ReadAsync(
        ProgressReader progress, IReadOnlyCollection<Instruction> listed, string? branch, CancellationToken cancellationToken) => listed.Count == 0
            ? new Dictionary<string, InstructionProgress>(StringComparer.Ordinal)
            : await progress.ReadAsync(
                ShanghaiTime.DayOf(listed.Min(instruction => instruction.From)), ShanghaiTime.DayOf(listed.Max(instruction => instruction.Deadline)).AddDays(DaysAfter), branch, cancellationToken);
}
