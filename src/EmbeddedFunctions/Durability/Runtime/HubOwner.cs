namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// What the process that owns the hub does. Whoever calls it sees to it that one process at a time does, which saves work; that nothing goes wrong when two do
/// is the business of commits.
/// </summary>
internal sealed class HubOwner(HubServices services, IDurableFunctions functions)
{
    /// <summary>Works until the hub is lost, which ends it at once, or the process stops, which gives what is under way some time.</summary>
    public async Task RunAsync(CancellationToken owned, CancellationToken stopping)
    {
        using var lost = new CancellationTokenSource();
        await using var end = owned.Register(() =>
        {
            if (stopping.IsCancellationRequested)
            {
                lost.CancelAfter(services.Tuning.StopTime);
            }
            else
            {
                lost.Cancel();
            }
        });
        await services.Store.CreateAsync(owned);
        using var term = new HubTerm(services, functions);
        services.Door.Term = term;
        try
        {
            await term.RunAsync(stopping, lost.Token);
        }
        finally
        {
            services.Door.Term = null;
        }
    }
}
