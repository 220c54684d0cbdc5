using System.Data.Common;
using WeComOps.Ledger;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class FactTable
{
    public const string Columns =
        "day, id, kind, occurred_at, due_at, advisor, branch, customer, tier, group_id, "
        + "instruction, template, version, variant, author, team, product_line, "
        + "push, product, link, click, topic, class, quantity, amount_fen, currency, "
        + "cause_day, cause_id, corrects_day, corrects_id, source, recorded_at";

    private static readonly Statement Insert = Statement.InsertIfNew("facts", Columns.Split(", "));

    public static ValueTask InsertAsync(SqlSession session, IReadOnlyList<Fact> facts) => session.ExecuteAllAsync(Insert, facts.Select(Values));

    public static Fact Map(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Fact
        {
            Day = row.Day(),
            Id = row.Text(),
            Kind = FactKinds.Parse(row.Text()),
            OccurredAt = row.Time(),
            DueAt = row.TimeOrNull(),
            Advisor = row.TextOrNull(),
            Branch = row.TextOrNull(),
            Customer = row.TextOrNull(),
            Tier = row.TextOrNull(),
            Group = row.TextOrNull(),
            Content = row.ContentOrNull(),
            Push = row.TextOrNull(),
            Product = row.TextOrNull(),
            Link = row.TextOrNull(),
            Click = row.TextOrNull(),
            Topic = row.TextOrNull(),
            Class = row.TextOrNull(),
            Quantity = row.Long(),
            Amount = row.MoneyOrNull(),
            Currency = row.TextOrNull(),
            Cause = row.RefOrNull(),
            Corrects = row.RefOrNull(),
            Source = row.Text(),
            RecordedAt = row.Time(),
        };
    }

    private static object?[] Values(Fact fact) =>
    [
        fact.Day.Text(), fact.Id, fact.Kind.Name(), fact.OccurredAt.Ms(), fact.DueAt.Ms(), fact.Advisor, fact.Branch, fact.Customer, fact.Tier, fact.Group,
        fact.Content?.Instruction, fact.Content?.Template, (long?)fact.Content?.Version, fact.Content?.Variant, fact.Content?.Author, fact.Content?.Team, fact.Content?.ProductLine,
        fact.Push, fact.Product, fact.Link, fact.Click, fact.Topic, fact.Class, fact.Quantity, fact.Amount.Fen(), fact.Currency,
        fact.Cause.Day(), fact.Cause?.Id, fact.Corrects.Day(), fact.Corrects?.Id, fact.Source, fact.RecordedAt.Ms(),
    ];
}
