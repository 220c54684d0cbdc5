using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Answers;
using WeComOps.Console.Language;
using WeComOps.Console.Security;
using WeComOps.Instructions;

namespace WeComOps.Console.Pages;

/// <summary>Ctrl+K: advisors, content, instructions and questions that the viewer may open.</summary>
[Authorize(Policy = ConsolePolicy.SignedIn)]
internal sealed class SearchModel(ConsoleContext context, IInstructionStore instructions, IQuestionStore questions) : ConsolePage(context)
{
    private const int MostOfEach = 6;
    private const int QuestionsLookedAt = 500;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }

    public IReadOnlyList<(string Kind, string Name, string Href)> Hits { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var query = Query?.Trim() ?? string.Empty;
        if (query.Length == 0)
        {
            return;
        }

        var hits = new List<(string, string, string)>();
        bool Fits(params string?[] texts) => texts.Any(text => text?.Contains(query, StringComparison.OrdinalIgnoreCase) == true);
        if (Viewer.May(ConsolePolicy.ReadScorecards))
        {
            hits.AddRange(Names.Members.Where(member => Viewer.Sees(member.BranchId) && Fits(member.Name, member.UserId)).Take(MostOfEach)
                .Select(member => ($"{T["客户经理"]} · {Names.Branch(member.BranchId)}", member.Name, "/advisors/" + Uri.EscapeDataString(member.UserId))));
        }

        if (Viewer.May(ConsolePolicy.ReadTemplates))
        {
            hits.AddRange(Names.Templates.Where(template => Fits(template.Title, template.Id)).Take(MostOfEach)
                .Select(template => ($"{T["内容"]} · {Labels.Kind(T, template.Kind)}", template.Title, "/templates/" + template.Id)));
        }

        if (Viewer.May(ConsolePolicy.ReadInstructions))
        {
            hits.AddRange((await instructions.ListAsync(cancellationToken)).Where(instruction => Fits(instruction.Title, instruction.Id) && (Viewer.Branch is not { } own || instruction.Branches.Contains(own)))
                .OrderByDescending(instruction => instruction.From).Take(MostOfEach).Select(instruction => (T["工作要求"], instruction.Title, "/instructions/" + instruction.Id)));
        }

        if (Viewer.May(ConsolePolicy.AnswerQuestions))
        {
            hits.AddRange((await questions.LatestAsync(QuestionsLookedAt, cancellationToken)).Where(question => Viewer.Sees(question.Branch) && Fits(question.Text)).Take(MostOfEach)
                .Select(question => (T["客户提问"], question.Text, "/questions?id=" + Uri.EscapeDataString(question.Id))));
        }

        Hits = hits;
    }
}
