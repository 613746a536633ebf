using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-instance-management: query, wait, purge.</summary>
public sealed class QueryTests(StorageAccount storage)
{
    private static Script Waiting => new Script().Main(async context =>
    {
        context.SetCustomStatus("waiting");
        return await context.WaitForExternalEvent<string>("go");
    });

    [Fact]
    public async Task GetInstance_Unknown_IsNull()
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);

        Assert.Null(await hub.Client.GetInstanceAsync("nobody", hub.Bound));
        Assert.Null(await hub.Client.GetInstanceAsync("nobody", getInputsAndOutputs: true, hub.Bound));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetInstance_WithAndWithoutPayloads_HasThemOrRefusesToReadThem(bool payloads)
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);
        var instance = await hub.StartMainAsync("input");
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.RaiseAsync(instance, "go", "output");
        await hub.EndOfAsync(instance);

        var state = (await hub.Client.GetInstanceAsync(instance, payloads, hub.Bound))!;

        Assert.Equal(("Main", instance, OrchestrationRuntimeStatus.Completed), (state.Name, state.InstanceId, state.RuntimeStatus));
        Assert.InRange(state.LastUpdatedAt, state.CreatedAt, TimeProvider.System.GetUtcNow());
        Assert.InRange(state.CreatedAt, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(2), TimeProvider.System.GetUtcNow());
        if (payloads)
        {
            Assert.Equal(("input", "output", "waiting"), (state.ReadInputAs<string>(), state.ReadOutputAs<string>(), state.ReadCustomStatusAs<string>()));
            Assert.Equal("\"input\"", state.SerializedInput);
        }
        else
        {
            Assert.Equal((null, null, null), (state.SerializedInput, state.SerializedOutput, state.SerializedCustomStatus));
            Assert.Throws<InvalidOperationException>(state.ReadInputAs<string>);
            Assert.Throws<InvalidOperationException>(state.ReadOutputAs<string>);
            Assert.Throws<InvalidOperationException>(state.ReadCustomStatusAs<string>);
        }
    }

    [Fact]
    public async Task GetInstance_Failed_HasDetailsOnlyWhenPayloadsAreAskedFor()
    {
        var script = new Script().Main(_ => throw new InvalidOperationException("no"));
        await using var hub = await TestHub.StartAsync(storage, script);
        var end = await hub.RunMainAsync();

        Assert.Equal("no", end.FailureDetails!.ErrorMessage);
        Assert.Null((await hub.Client.GetInstanceAsync(end.InstanceId, hub.Bound))!.FailureDetails);
    }

    [Fact]
    public async Task WaitForInstanceStart_Pending_WaitsAndRunningComesBack()
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var instance = await hub.StartMainAsync("input", new StartOrchestrationOptions(StartAt: due));

        var started = await hub.Client.WaitForInstanceStartAsync(instance, getInputsAndOutputs: true, hub.Bound);

        Assert.True(TimeProvider.System.GetUtcNow() >= due);
        Assert.Equal((OrchestrationRuntimeStatus.Running, "input"), (started.RuntimeStatus, started.ReadInputAs<string>()));
        await hub.RaiseAsync(instance, "go", "done");
        await hub.EndOfAsync(instance);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.Client.WaitForInstanceStartAsync(instance, hub.Bound)).RuntimeStatus);
    }

    [Theory]
    [InlineData("running", true)]
    [InlineData("running", false)]
    [InlineData("nobody", true)]
    public async Task Wait_Cancelled_ThrowsAndTheInstanceIsAsItWas(string id, bool completion)
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);
        var start = completion ? (DateTimeOffset?)null : TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1);
        await hub.StartMainAsync(null, new StartOrchestrationOptions("running", start));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(hub.Bound);

        var wait = completion
            ? hub.Client.WaitForInstanceCompletionAsync(id, cancellation.Token)
            : hub.Client.WaitForInstanceStartAsync(id, cancellation.Token);
        Assert.False(wait.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.False((await hub.GetAsync("running")).IsCompleted);
    }

    [Fact]
    public async Task WaitForInstanceCompletion_ManyWaiters_AllSeeTheEnd()
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);
        var instance = await hub.StartMainAsync();
        var waits = Enumerable.Range(0, 20).Select(_ => hub.OutputOfAsync<string>(instance)).ToList();

        await hub.RaiseAsync(instance, "go", "now");

        Assert.All(await Task.WhenAll(waits), output => Assert.Equal("now", output));
    }

    [Fact]
    public async Task GetAllInstances_Pages_HaveEveryInstanceOnce()
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);
        var ids = await Task.WhenAll(Enumerable.Range(0, 23).Select(index => hub.StartMainAsync(index, new StartOrchestrationOptions($"order-{index:D2}"))));

        var seen = new List<string>();
        var pages = 0;
        string? token = null;
        do
        {
            await foreach (var page in hub.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 5)).AsPages(token, 5).WithCancellation(hub.Bound))
            {
                Assert.InRange(page.Values.Count, 0, 5);
                seen.AddRange(page.Values.Select(state => state.InstanceId));
                token = page.ContinuationToken;
                pages++;

                // The next one is asked for with the token, as another request would.
                break;
            }
        }
        while (token is not null);

        Assert.Equal(ids.Order(), seen.Order());
        Assert.InRange(pages, 5, 30);
    }

    [Fact]
    public async Task GetAllInstances_Filters_LeaveOutTheOthers()
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);
        await hub.StartMainAsync("one", new StartOrchestrationOptions("a-1"));
        await hub.StartMainAsync("two", new StartOrchestrationOptions("a-2"));
        await hub.UntilStatusAsync("a-1", "waiting");
        await hub.UntilStatusAsync("a-2", "waiting");
        await hub.RaiseAsync("a-2", "go", "done");
        var second = await hub.EndOfAsync("a-2");
        await Task.Delay(TimeSpan.FromMilliseconds(5), hub.Bound);
        await hub.StartMainAsync("three", new StartOrchestrationOptions("b-1"));
        await hub.UntilStatusAsync("b-1", "waiting");
        var third = await hub.GetAsync("b-1");

        async Task<IEnumerable<string>> IdsAsync(OrchestrationQuery query) =>
            [.. (await hub.Client.GetAllInstancesAsync(query).ToListAsync(hub.Bound)).Select(state => state.InstanceId).Order()];

        Assert.Equal(["a-1", "a-2", "b-1"], await IdsAsync(new OrchestrationQuery()));
        Assert.Equal(["a-1", "a-2"], await IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "a-")));
        Assert.Equal(["a-2"], await IdsAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Completed])));
        Assert.Equal(
            ["a-1", "b-1"], await IdsAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed])));
        Assert.Equal(["b-1"], await IdsAsync(new OrchestrationQuery(CreatedFrom: third.CreatedAt)));
        Assert.Equal(["a-1", "a-2"], await IdsAsync(new OrchestrationQuery(CreatedTo: second.LastUpdatedAt)));
        Assert.Equal([], await IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "a-", CreatedFrom: third.CreatedAt)));
        var full = await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "a-2", FetchInputsAndOutputs: true)).ToListAsync(hub.Bound);
        Assert.Equal(("two", "done"), (full.Single().ReadInputAs<string>(), full.Single().ReadOutputAs<string>()));
        var bare = await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "a-2")).ToListAsync(hub.Bound);
        Assert.Throws<InvalidOperationException>(bare.Single().ReadInputAs<string>);
    }

    [Fact]
    public async Task Purge_Ended_IsGoneAndTheIdIsFree()
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);
        var large = new string('x', 100_000);
        await hub.StartMainAsync(large, new StartOrchestrationOptions("order"));
        var early = await hub.Client.PurgeInstanceAsync("order", hub.Bound);
        await hub.RaiseAsync("order", "go", large);
        await hub.EndOfAsync("order");

        var first = await hub.Client.PurgeInstanceAsync("order", hub.Bound);
        var again = await hub.Client.PurgeInstanceAsync("order", hub.Bound);

        Assert.Equal((0, 1, 0), (early.PurgedInstanceCount, first.PurgedInstanceCount, again.PurgedInstanceCount));
        Assert.Null(await hub.Client.GetInstanceAsync("order", hub.Bound));
        await hub.StartMainAsync("new", new StartOrchestrationOptions("order"));
        await hub.RaiseAsync("order", "go", "anew");
        Assert.Equal("anew", await hub.OutputOfAsync<string>("order"));
    }

    [Fact]
    public async Task PurgeAll_Filter_TakesEndedOnesThatMatch()
    {
        await using var hub = await TestHub.StartAsync(storage, Waiting);
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await hub.StartMainAsync(null, new StartOrchestrationOptions(id));
            await hub.UntilStatusAsync(id, "waiting");
        }

        await hub.RaiseAsync("a", "go");
        await hub.RaiseAsync("b", "go");
        await hub.Client.TerminateInstanceAsync("c", hub.Bound);
        await Task.WhenAll(hub.EndOfAsync("a"), hub.EndOfAsync("b"), hub.EndOfAsync("c"));
        var created = (await hub.GetAsync("b")).CreatedAt;

        var old = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: created - TimeSpan.FromTicks(1)), hub.Bound);
        var completed = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Completed]), hub.Bound);
        var rest = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), hub.Bound);

        Assert.Equal((1, 1, 1), (old.PurgedInstanceCount, completed.PurgedInstanceCount, rest.PurgedInstanceCount));
        Assert.Equal(["d"], (await hub.Client.GetAllInstancesAsync().ToListAsync(hub.Bound)).Select(state => state.InstanceId));
    }
}
