using WeComOps.Primitives;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class JobTable
{
    // Never backwards: an older period that ends late must not make the later ones run again.
    private static readonly Statement Upsert = Statement.Upsert("jobs", ["job"], ["period"], when: "excluded.period > jobs.period");

    public static ValueTask<int> SaveAsync(SqlSession session, JobMark mark) =>
        session.ExecuteAsync(Upsert, mark.Job, mark.Period.Ms());
}
