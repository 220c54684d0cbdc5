using WeComOps.Ledger;
using WeComOps.Scorecard;

namespace WeComOps.Console.Api;

/// <summary>A fact's part in a number, as the API shows it.</summary>
internal sealed record FactLine(
    string Day, string Id, string Kind, DateTimeOffset OccurredAt, string Side, decimal Amount, string? Advisor, string? Branch, string? Instruction,
    string? Template, string? Topic, string? Class, long Quantity, string Source)
{
    public static FactLine Of(Contribution part, Fact fact) => new(
        fact.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), fact.Id, fact.Kind.Name(), fact.OccurredAt, part.Side, part.Amount,
        fact.Advisor, fact.Branch, fact.Content?.Instruction, fact.Content?.TemplateVersion, fact.Topic, fact.Class, fact.Quantity, fact.Source);
}
