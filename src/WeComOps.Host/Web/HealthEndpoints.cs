using WeComOps.Inbox;

namespace WeComOps.Host.Web;

internal static class HealthEndpoints
{
    /// <summary><c>live</c>: the process answers. <c>ready</c>: the store does too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/health/ready", async (IInboxStore inbox, CancellationToken cancellationToken) =>
        {
            try
            {
                var counts = await inbox.CountAsync(cancellationToken);
                return Results.Text(string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"ready; {counts.Waiting + counts.Unrouted} messages wait, {counts.Parked} are parked"));
            }
            catch (Exception exception) when (exception is System.Data.Common.DbException or IOException)
            {
                return Results.Text("the store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
