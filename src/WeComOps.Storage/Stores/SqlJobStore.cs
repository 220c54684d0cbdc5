using WeComOps.Primitives;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Stores;

internal sealed class SqlJobStore(SqlEngine engine) : IJobStore
{
    public async Task<DateTimeOffset?> LastPeriodAsync(string job, CancellationToken cancellationToken)
    {
        var periods = await engine.ListAsync(
            "SELECT period FROM jobs WHERE job = @job", [("job", job)], reader => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)), cancellationToken);
        return periods.Count == 0 ? null : periods[0];
    }
}
