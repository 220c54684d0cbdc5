using Microsoft.Extensions.DependencyInjection;

namespace WeComOps.Storage.Tests;

internal static class Opening
{
    public static async Task<ServiceProvider> OpenAsync(this ServiceProvider services)
    {
        await services.GetRequiredService<StorageMaintenance>().OpenAsync(CancellationToken.None);
        return services;
    }

    public static async Task<ServiceProvider> OpenReadOnlyAsync(this ServiceProvider services)
    {
        await services.GetRequiredService<StorageMaintenance>().OpenReadOnlyAsync(CancellationToken.None);
        return services;
    }
}
