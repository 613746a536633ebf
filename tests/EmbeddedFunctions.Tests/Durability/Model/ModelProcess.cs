using Azure.Core.Serialization;
using EmbeddedFunctions.Durability.Runtime;
using EmbeddedFunctions.Durability.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>The runtime of one process, without what makes it a web server.</summary>
internal sealed class ModelProcess : IAsyncDisposable
{
    private static readonly DataConverter Converter = new SerializerConverter(new JsonObjectSerializer());

    private readonly CancellationTokenSource _stopping = new();
    private readonly CrashingStore _store;
    private readonly Task _run;

    public ModelProcess(CrashingStore store, World world, Case test, TimeProvider time)
    {
        _store = store;
        var settings = new DurableSettings
        {
            KeepsExecutions = test.Keeps,
            MaxActivities = test.Parallel,
            MaxOrchestrators = test.Parallel,
            LeaseTime = TimeSpan.FromMinutes(1),
            StopTime = TimeSpan.FromMilliseconds(100),
        };
        var loggers = world.CreateLoggers();
        var services = Services(new RetryingHubStore(store, patience: null, time, loggers.CreateLogger("Storage")), settings, time, loggers);
        _run = new HubOwner(services, new ModelFunctions(world, Converter)).RunAsync(_stopping.Token);
    }

    /// <summary>A client in a process of its own, which never crashes.</summary>
    public static DurableTaskClient Client(MemoryStore store, TimeProvider time) => new HubClient(Services(store, new DurableSettings(), time, NullLoggerFactory.Instance));

    /// <summary>Nothing that the process does from here on has an effect.</summary>
    public void Die() => _store.Die();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _run.WaitAsync(TimeSpan.FromSeconds(30)).ContinueWith(_ => { }, TaskScheduler.Default);
        _stopping.Dispose();
    }

    private static HubServices Services(IHubStore store, DurableSettings settings, TimeProvider time, ILoggerFactory loggers) =>
        new(store, new HubClock(time), new HubDoor(), Converter, settings, loggers);
}
