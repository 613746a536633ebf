using Azure.Core.Serialization;
using EmbeddedFunctions.Durability.Runtime;
using EmbeddedFunctions.Durability.Storage;
using EmbeddedFunctions.Hosting.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedFunctions.Hosting.Durable;

/// <summary>The task hub that host.json names: its client, and, in a process that has functions for it, the work on it.</summary>
internal sealed class DurableHub : IDisposable
{
    /// <summary>How long a client tries to reach storage before its caller hears of it. The owner never gives up.</summary>
    private static readonly TimeSpan ClientPatience = TimeSpan.FromSeconds(30);

    private readonly BackgroundWork _work = new();
    private readonly Lazy<HubServices> _ownerServices;
    private readonly Lazy<HubClient> _client;
    private readonly DurableSettings _settings;
    private readonly StorageConnections _connections;
    private readonly TimeSpan _leasePeriod;

    public DurableHub(DurableSettings settings, StorageConnections connections, TimeSpan leasePeriod, IServiceProvider services, TimeProvider time)
    {
        _settings = settings;
        _connections = connections;
        _leasePeriod = leasePeriod;
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var tuning = services.GetRequiredService<IOptions<DurableTuning>>().Value;
        var (clock, door) = (new HubClock(time), new HubDoor());
        Converter = new SerializerConverter(services.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer ?? new JsonObjectSerializer());
        _ownerServices = new(() => Services(patience: null));
        _client = new(() => new HubClient(Services(ClientPatience)));

        HubServices Services(TimeSpan? patience)
        {
            var connection = connections.Get(settings.ConnectionName);
            var azure = new AzureHubStore(
                connection.Tables.GetTableClient($"{settings.HubName}Embedded"),
                connection.Blobs.GetBlobContainerClient(ContainerName));
            var store = new RetryingHubStore(azure, patience, time, loggers.CreateLogger("Host.Triggers.DurableTask"));
            return new HubServices(store, clock, door, Converter, settings, tuning, loggers);
        }
    }

    public SerializerConverter Converter { get; }

    public DurableTaskClient Client => _client.Value;

    private string ContainerName => $"{_settings.HubName.ToLowerInvariant()}-embedded";

    /// <summary>Refuses an enabled function when the hub has no storage account.</summary>
    public void RefuseIfMissing(Action<string> refuse)
    {
        try
        {
            var connection = _connections.Get(_settings.ConnectionName);
            _ = (connection.Tables, connection.Blobs);
        }
        catch (InvalidOperationException exception)
        {
            refuse($"Durable Task needs a storage account: {exception.Message}.");
        }
    }

    /// <summary>Works on the hub whenever no other process does.</summary>
    public void Start(IDurableFunctions functions)
    {
        var services = _ownerServices.Value;
        var container = _connections.Get(_settings.ConnectionName).Blobs.GetBlobContainerClient(ContainerName);
        var owner = new HubOwner(services, functions);
        _work.Start(stopping =>
            new SingletonLease(container, "owner", _leasePeriod, TimeProvider.System, services.Logger).RunAsync(owned => owner.RunAsync(owned, stopping), stopping));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _work.StopAsync(cancellationToken);

    public void Dispose() => _work.Dispose();
}
