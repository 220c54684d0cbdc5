using WeComOps.Primitives;
using WeComOps.Storage.Spill;

namespace WeComOps.Host.Web;

internal static class HealthEndpoints
{
    /// <summary>
    /// <c>live</c>: the process answers. <c>ready</c>: callbacks are kept durably; while that is in the spill folder it says degraded,
    /// since taking this node out would only lose what it can still keep.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/health/ready", async (IJobStore jobs, SpillState spill, CancellationToken cancellationToken) =>
            Say(await AnswersAsync(jobs, cancellationToken), spill)).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Numbers are not for strangers: words only.</summary>
    private static IResult Say(bool storeAnswers, SpillState spill) => (storeAnswers, spill.CanSpill, spill.WaitingBytes > 0) switch
    {
        (true, _, false) => Results.Text("ready"),
        (true, _, true) => Results.Text("degraded: callbacks wait in the spill folder and are being brought into the store"),
        (false, true, _) => Results.Text("degraded: the store does not answer, callbacks are kept in the spill folder"),
        _ => Results.Text("the store does not answer and the spill folder takes nothing", statusCode: StatusCodes.Status503ServiceUnavailable),
    };

    private static async Task<bool> AnswersAsync(IJobStore jobs, CancellationToken cancellationToken)
    {
        try
        {
            // One indexed read.
            await jobs.LastPeriodAsync("readiness", cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or IOException)
        {
            return false;
        }
    }
}
