using System.Data.Common;
using WeComOps.Healing;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

/// <summary>Comparisons with WeCom's lists, what they found, and days on which WeCom counts other than the ledger.</summary>
internal static class HealingTables
{
    public const string FindingColumns = "run, kind, subject, advisor, customer, group_id, fact_day, fact_id, note, at";
    public const string GapColumns = "day, advisor, branch, thing, said, known, source, checked_at";

    // A run that is finished stays as it is: who went on with it under an old lease must not open it again.
    private static readonly Statement UpsertRun = Statement.Upsert(
        "heal_runs", ["id"], ["started_at", "finished_at", "first_look", "body"], when: "heal_runs.finished_at IS NULL");

    private static readonly Statement InsertRequest = Statement.InsertIfNew("heal_requests", "at", "reason", "by_whom");

    private static readonly Statement InsertFinding = Statement.InsertIfNew("heal_findings", FindingColumns.Split(", "));

    private static readonly Statement UpsertGap = Statement.Upsert(
        "count_gaps", ["day", "advisor", "thing"], ["branch", "said", "known", "source", "checked_at"]);

    public static async ValueTask SaveAsync(SqlSession session, Changes changes)
    {
        foreach (var run in changes.HealRuns)
            await session.ExecuteAsync(UpsertRun, run.Id, run.StartedAt.Ms(), run.FinishedAt.Ms(), run.IsFirstLook.Flag(), StoredJson.Write(run));
        foreach (var request in changes.HealRequests)
            await session.ExecuteAsync(InsertRequest, request.At.Ms(), request.Reason.Text(), request.By);
        foreach (var finding in changes.HealFindings)
            await SaveAsync(session, finding);
        foreach (var gap in changes.CountGaps)
            await session.ExecuteAsync(UpsertGap, gap.Day.Text(), gap.Advisor, gap.Thing.Text(), gap.Branch, (long)gap.Said, (long)gap.Known, gap.Source, gap.CheckedAt.Ms());
    }

    public static HealRun MapRun(DbDataReader reader) => StoredJson.Read<HealRun>(reader.GetString(0));

    /// <summary>Columns: at, reason, by_whom.</summary>
    public static HealRequest MapRequest(DbDataReader reader)
    {
        var row = new Row(reader);
        return new HealRequest(row.Time(), row.Enum<HealReason>(), row.Text());
    }

    public static HealFinding MapFinding(DbDataReader reader)
    {
        var row = new Row(reader);
        return new HealFinding(
            row.Text(), row.Enum<FindingKind>(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.RefOrNull(), row.TextOrNull(), row.Time());
    }

    public static CountGap MapGap(DbDataReader reader)
    {
        var row = new Row(reader);
        return new CountGap(row.Day(), row.Text(), row.TextOrNull(), row.Enum<CountedThing>(), row.Int(), row.Int(), row.Text(), row.Time());
    }

    /// <summary>Columns: advisor, day, added, lost.</summary>
    public static NamedCounts MapNamed(DbDataReader reader)
    {
        var row = new Row(reader);
        return new NamedCounts(row.Text(), row.Day(), row.Int(), row.Int());
    }

    private static ValueTask<int> SaveAsync(SqlSession session, HealFinding finding) => session.ExecuteAsync(
        InsertFinding, finding.Run, finding.Kind.Text(), finding.Subject, finding.Advisor, finding.Customer, finding.Group, finding.Fact.Day(), finding.Fact?.Id,
        finding.Note, finding.At.Ms());
}
