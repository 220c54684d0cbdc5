using WeComOps.Healing;

namespace WeComOps.Customers;

/// <summary>
/// The first look, done in one go: who is whose customer and who is in which group, so that what happens from now on meets known
/// people. It records state, not facts: what came before the product's first day is not scored.
/// </summary>
public sealed class SyncCustomers(Heal heal, IHealingStore healing)
{
    /// <summary>Null when done, now or earlier; else why not. Running it again goes on where it stopped.</summary>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        while (await healing.BaselineAsync(cancellationToken) is null)
        {
            if (!await heal.StepAsync(cancellationToken))
            {
                return await healing.LatestAsync(cancellationToken) is { Hindrance: { } why }
                    ? "The customers could not be read: " + why
                    : "There is no advisor whose customers could be read.";
            }
        }

        return null;
    }
}
