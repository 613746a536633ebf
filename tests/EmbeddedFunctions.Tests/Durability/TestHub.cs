using System.Net;
using EmbeddedFunctions.Durability.Runtime;
using EmbeddedFunctions.Tests.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace EmbeddedFunctions.Tests.Durability;

/// <summary>An app that runs a script on a task hub of its own, or on one that an earlier app has left.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestApp _app;
    private readonly CancellationTokenSource _patience;

    private TestHub(TestApp app, string name, DurableTaskClient client)
    {
        _app = app;
        _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _patience.CancelAfter(Patience);
        Name = name;
        Client = client;
    }

    public string Name { get; }

    public DurableTaskClient Client { get; }

    public FakeLogCollector Logs => _app.Logs;

    /// <summary>Ends a wait that would hang the test.</summary>
    public CancellationToken Bound => _patience.Token;

    public static string NewName() => $"T{Guid.NewGuid():N}";

    public static async Task<TestHub> StartAsync(StorageAccount storage, Script script, HubOptions? options = null)
    {
        options ??= new HubOptions();
        var name = options.Name ?? NewName();
        var app = await TestApp.StartAsync(
            [typeof(ScriptFunctions), .. options.Functions],
            builder =>
            {
                options.Configure?.Invoke(builder);
                builder.ConfigureFunctionsWebApplication();
                builder.Services.AddSingleton(script);
                builder.Services.AddSingleton(options.Time ?? TimeProvider.System);
                builder.Services.Configure<DurableTuning>(tuning => tuning.KeepsExecutions = !options.Replays);
            },
            $$"""{ "version": "2.0", "extensions": { "durableTask": { "hubName": "{{name}}"{{options.HostJson}} } } }""",
            null,
            "--AzureWebJobsStorage",
            storage.ConnectionString);
        try
        {
            using var response = await app.SendAsync(HttpMethod.Get, "/api/client");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return new TestHub(app, name, script.Client!);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public Task<string> StartMainAsync(object? input = null, StartOrchestrationOptions? options = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(nameof(Script.Main), input, options, Bound);

    /// <summary>Runs the main orchestrator to its end, whatever that is.</summary>
    public async Task<OrchestrationMetadata> RunMainAsync(object? input = null) => await EndOfAsync(await StartMainAsync(input));

    /// <summary>Runs the main orchestrator, which must succeed.</summary>
    public async Task<T> OutputOfMainAsync<T>(object? input = null) => Output<T>(await RunMainAsync(input));

    public Task<OrchestrationMetadata> EndOfAsync(string instance) => Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, Bound);

    public async Task<T> OutputOfAsync<T>(string instance) => Output<T>(await EndOfAsync(instance));

    public async Task<OrchestrationMetadata> GetAsync(string instance) =>
        await Client.GetInstanceAsync(instance, getInputsAndOutputs: true, Bound) ?? throw new InvalidOperationException($"There is no instance {instance}.");

    /// <summary>Waits until an instance looks as it should.</summary>
    public async Task<OrchestrationMetadata> UntilAsync(string instance, Func<OrchestrationMetadata, bool> condition)
    {
        while (true)
        {
            var state = await GetAsync(instance);
            if (condition(state))
            {
                return state;
            }

            Assert.False(state.IsCompleted, $"{state} is over, and was not as it should be.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), Bound);
        }
    }

    public Task<OrchestrationMetadata> UntilStatusAsync<T>(string instance, T customStatus) =>
        UntilAsync(instance, state => state.SerializedCustomStatus is not null && Equals(state.ReadCustomStatusAs<T>(), customStatus));

    public Task RaiseAsync(string instance, string name, object? payload = null) => Client.RaiseEventAsync(instance, name, payload, Bound);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _patience.Dispose();
    }

    private static T Output<T>(OrchestrationMetadata end)
    {
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{end.RuntimeStatus}: {end.FailureDetails}");
        return end.ReadOutputAs<T>()!;
    }
}
