using System.Data.Common;
using WeComOps.Links;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class LinkTables
{
    public const string LinkColumns =
        "token, destination, instruction, template, version, variant, author, team, content_line, advisor, branch, product, product_line, created_at";

    public const string ClickColumns = "id, token, at, class, visitor, method, user_agent";

    private static readonly Statement UpsertLink = Statement.Upsert("links", ["token"], LinkColumns.Split(", ")[1..]);

    private static readonly Statement UpsertClick = Statement.Upsert("clicks", ["id"], ClickColumns.Split(", ")[1..]);

    public static ValueTask<int> SaveAsync(SqlSession session, TrackedLink link) => session.ExecuteAsync(
        UpsertLink, link.Token, link.Destination,
        link.Content.Instruction, link.Content.Template, (long)link.Content.Version, link.Content.Variant, link.Content.Author, link.Content.Team, link.Content.ProductLine,
        link.Advisor, link.Branch, link.Product, link.ProductLine, link.CreatedAt.Ms());

    public static ValueTask<int> SaveAsync(SqlSession session, Click click) => session.ExecuteAsync(
        UpsertClick, click.Id, click.Token, click.At.Ms(), click.Class, click.Visitor, click.Method, click.UserAgent);

    public static TrackedLink MapLink(DbDataReader reader)
    {
        var row = new Row(reader);
        return ReadLink(ref row);
    }

    /// <summary>The link's columns, then human and other clicks.</summary>
    public static LinkUse MapUse(DbDataReader reader)
    {
        var row = new Row(reader);
        return new LinkUse(ReadLink(ref row), row.Int(), row.Int());
    }

    public static Click MapClick(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Click(row.Text(), row.Text(), row.Time(), row.Text(), row.Text(), row.Text(), row.Text());
    }

    private static TrackedLink ReadLink(ref Row row) => new(
        row.Text(), row.Text(), row.ContentOrNull()!, row.TextOrNull(), row.TextOrNull(), row.Text(), row.Text(), row.Time());
}
