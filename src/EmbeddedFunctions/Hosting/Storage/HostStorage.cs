using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting.Storage;

/// <summary>
/// Where the host keeps its own state: the container <c>azure-webjobs-hosts</c> of the account <c>AzureWebJobsStorage</c>, with the blobs named as the
/// official host names them.
/// </summary>
/// <param name="connections">The accounts.</param>
/// <param name="hostId">See <see cref="HostId"/>.</param>
/// <param name="leasePeriod">See <see cref="SingletonLease"/>.</param>
/// <param name="loggers">For the category <c>Host.Singleton</c>.</param>
internal sealed class HostStorage(StorageConnections connections, string hostId, TimeSpan leasePeriod, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Host.Singleton");

    public string HostId => hostId;

    private BlobContainerClient Container => connections.Get().Blobs.GetBlobContainerClient("azure-webjobs-hosts");

    /// <summary>Refuses an enabled function when the host has no storage account.</summary>
    public void RefuseIfMissing(FunctionCandidate candidate, string kind)
    {
        if (candidate.IsDisabled)
        {
            return;
        }

        try
        {
            _ = connections.Get().Blobs;
        }
        catch (InvalidOperationException exception)
        {
            candidate.Refuse($"{kind} needs the storage account of the host: {exception.Message}.");
        }
    }

    public BlobClient TimerStatus(AppFunction function) => Container.GetBlobClient($"timers/{hostId}/{Name(function)}/status");

    /// <summary>For the one process that runs the function's trigger.</summary>
    public SingletonLease Lease(AppFunction function) => Lease($"{Name(function)}.Listener");

    /// <param name="scope">What the lease is for; unique within the host id.</param>
    public SingletonLease Lease(string scope) => new(Container, $"locks/{hostId}/{scope}", leasePeriod, TimeProvider.System, _logger);

    private static string Name(AppFunction function) => $"Host.Functions.{function.Name}";
}
