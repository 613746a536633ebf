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

    /// <summary>How long a process goes on that has lost its lease: some seconds by its own clock.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMilliseconds(40);

    private readonly CancellationTokenSource _owned = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CrashingStore _store;
    private readonly Task _run;

    public ModelProcess(CrashingStore store, World world, Case test, TimeProvider time)
    {
        _store = store;
        var settings = new DurableSettings { MaxActivities = test.Parallel, MaxOrchestrators = test.Parallel };
        var tuning = new DurableTuning { KeepsExecutions = test.Keeps, MostSessions = test.Crowd, StopTime = TimeSpan.FromMilliseconds(100) };
        var loggers = world.CreateLoggers();
        var services = Services(new RetryingHubStore(store, patience: null, time, loggers.CreateLogger("Storage")), settings, tuning, time, loggers);
        _run = new HubOwner(services, new ModelFunctions(world, Converter)).RunAsync(_owned.Token, _stopping.Token);
    }

    /// <summary>A client in a process of its own, which never crashes.</summary>
    public static DurableTaskClient Client(MemoryStore store, TimeProvider time) => new HubClient(Services(store, new DurableSettings(), new DurableTuning(), time, NullLoggerFactory.Instance));

    /// <summary>Nothing that the process does from here on has an effect.</summary>
    public void Die() => _store.Die();

    /// <summary>The lease is gone, and the process hears of it in a while.</summary>
    public void LoseLater() => _owned.CancelAfter(Overlap);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _owned.CancelAsync();
        await _run.WaitAsync(TimeSpan.FromSeconds(30)).ContinueWith(_ => { }, TaskScheduler.Default);
        _stopping.Dispose();
        _owned.Dispose();
    }

    private static HubServices Services(IHubStore store, DurableSettings settings, DurableTuning tuning, TimeProvider time, ILoggerFactory loggers) =>
        new(store, new HubClock(time), new HubDoor(), Converter, settings, tuning, loggers);
}
