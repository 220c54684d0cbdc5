using WeComOps.Primitives;

namespace WeComOps.Host.Web;

internal static class HealthEndpoints
{
    /// <summary><c>live</c>: the process answers. <c>ready</c>: the store does too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/health/ready", async (IJobStore jobs, CancellationToken cancellationToken) =>
        {
            try
            {
                // One indexed read; numbers are not for strangers.
                await jobs.LastPeriodAsync("readiness", cancellationToken);
                return Results.Text("ready");
            }
            catch (Exception exception) when (exception is System.Data.Common.DbException or IOException)
            {
                return Results.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
