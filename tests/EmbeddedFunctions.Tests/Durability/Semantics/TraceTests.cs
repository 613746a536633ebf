using System.Diagnostics;
using EmbeddedFunctions.Tests.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>learn.microsoft.com/azure/azure-functions/durable/durable-functions-diagnostics, "Distributed tracing", and the spans of Azure/durabletask.</summary>
public sealed class TraceTests(StorageAccount storage)
{
    private const string Start = "create_orchestration:Main Producer";
    private const string Main = $"{Start} > orchestration:Main Server";
    private const string Child = $"{Main} > orchestration:Child Client > orchestration:Child Server";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_EverythingThatAnInstanceDoes_IsOneTree(bool replays)
    {
        using var spans = new Spans();
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync<int>(nameof(Script.First), 1);
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                return await context.CallSubOrchestratorAsync<int>(nameof(Script.Child), 1, new SubOrchestrationOptions { InstanceId = $"{context.InstanceId}-child" });
            })
            .Child(async context => await context.CallActivityAsync<int>(nameof(Script.Second), 1))
            .First<int>(input => input)
            .Second<int>(input => input);
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        var instance = await spans.UnderAsync(() => hub.StartMainAsync());
        await hub.OutputOfAsync<int>(instance);

        await Eventually.TrueAsync(() => spans.Paths.Contains(Main));
        AssertPaths(
            spans,
            [
                Start,
                Main,
                .. Episodes(Main, 4),
                .. ActivityCall(Main, nameof(Script.First)),
                $"{Main} > orchestration:Main:timer Internal",
                $"{Main} > orchestration:Child Client",
                Child,
                .. Episodes(Child, 2),
                .. ActivityCall(Child, nameof(Script.Second)),
            ]);
        var main = spans.Single("orchestration:Main", ActivityKind.Server);
        Assert.Equal(instance, main.GetTagItem("durabletask.task.instance_id"));
        Assert.Equal("Completed", main.GetTagItem("durabletask.task.status"));
        Assert.Equal("test=1", main.TraceStateString);
        Assert.All(spans.Ended.Where(span => span.ParentSpanId == main.SpanId), span => Assert.True(span.StartTimeUtc >= main.StartTimeUtc.AddMilliseconds(-1)));
        Assert.Equal(0, spans.Single("activity:First", ActivityKind.Server).GetTagItem("durabletask.task.task_id"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ProcessRestarts_GoesOnWithTheSameSpans(bool replays)
    {
        using var spans = new Spans();
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync<int>(nameof(Script.First), 1);
                await context.WaitForExternalEvent<string>("go");
                return await context.CallActivityAsync<int>(nameof(Script.Second), 1);
            })
            .First<int>(input => input)
            .Second<int>(input => input);
        var options = new HubOptions { Name = TestHub.NewName(), Replays = replays };
        string instance;
        await using (var before = await TestHub.StartAsync(storage, script, options))
        {
            instance = await spans.UnderAsync(() => before.StartMainAsync());
            await Eventually.TrueAsync(() => spans.Paths.Contains("? > activity:First Client"));
            Assert.DoesNotContain(spans.Ended, span => span.DisplayName == "orchestration:Main");
        }

        await using var after = await TestHub.StartAsync(storage, script, options);
        await after.RaiseAsync(instance, "go", "on");
        await after.OutputOfAsync<int>(instance);

        await Eventually.TrueAsync(() => spans.Ended.Any(span => span.DisplayName == "orchestration:Main"));
        AssertPaths(spans, [Start, Main, .. Episodes(Main, 4), .. ActivityCall(Main, nameof(Script.First)), .. ActivityCall(Main, nameof(Script.Second))]);
        Assert.True(spans.Single("orchestration:Main", ActivityKind.Server).StartTimeUtc <= spans.Single("activity:First", ActivityKind.Server).StartTimeUtc);
    }

    [Fact]
    public async Task Run_ActivityFails_ItsSpansSayByWhatAndNotTheMessage()
    {
        using var spans = new Spans();
        var script = new Script()
            .Main(async context => await context.CallActivityAsync<int>(nameof(Script.First), 1))
            .First<int>(_ => throw new InvalidTimeZoneException("secret"));
        await using var hub = await TestHub.StartAsync(storage, script);

        await hub.EndOfAsync(await spans.UnderAsync(() => hub.StartMainAsync()));

        await Eventually.TrueAsync(() => spans.Paths.Contains(Main));
        Assert.Equal(
            [(ActivityStatusCode.Error, typeof(InvalidTimeZoneException).FullName), (ActivityStatusCode.Error, typeof(InvalidTimeZoneException).FullName)],
            new[] { ActivityKind.Client, ActivityKind.Server }.Select(kind => spans.Single("activity:First", kind)).Select(span => (span.Status, span.StatusDescription)));
        Assert.Equal((ActivityStatusCode.Error, "Failed"), (spans.Single("orchestration:Main", ActivityKind.Server).Status, spans.Single("orchestration:Main", ActivityKind.Server).GetTagItem("durabletask.task.status")));
        Assert.DoesNotContain(spans.Ended, span => span.StatusDescription?.Contains("secret", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Run_ContinuesAsNew_EachExecutionHasItsSpan()
    {
        using var spans = new Spans();
        var script = new Script().Main(async context =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            if (context.GetInput<int>() < 2)
            {
                context.ContinueAsNew(context.GetInput<int>() + 1);
            }

            return context.GetInput<int>();
        });
        await using var hub = await TestHub.StartAsync(storage, script);

        Assert.Equal(2, await hub.OutputOfAsync<int>(await spans.UnderAsync(() => hub.StartMainAsync(0))));

        await Eventually.TrueAsync(() => spans.Paths.Count(path => path == Main) == 3);
        Assert.Equal(3, spans.Paths.Count(path => path == $"{Main} > orchestration:Main:timer Internal"));
    }

    [Fact]
    public async Task RaiseAndSend_Events_AreSpansOfWhoSendsThem()
    {
        using var spans = new Spans();
        var script = new Script()
            .Main(async context => await context.WaitForExternalEvent<string>("go") + await context.WaitForExternalEvent<string>("again"))
            .Child(context =>
            {
                context.SendEvent(context.GetInput<string>()!, "again", "2");
                return Task.FromResult<object?>(null);
            });
        await using var hub = await TestHub.StartAsync(storage, script);
        var instance = await hub.StartMainAsync();

        await spans.UnderAsync(async () =>
        {
            await hub.RaiseAsync(instance, "go", "1");
            return await hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Script.Child), instance, hub.Bound);
        });

        Assert.Equal("12", await hub.OutputOfAsync<string>(instance));
        const string Sender = "create_orchestration:Child Producer > orchestration:Child Server";
        await Eventually.TrueAsync(() => spans.Ended.Any(span => span.DisplayName == "orchestration:Child"));
        Assert.Contains("orchestration_event:go Producer", spans.Paths);
        Assert.Contains($"{Sender} > orchestration_event:again Producer", spans.Paths);
        Assert.All(spans.Ended.Where(span => span.DisplayName.StartsWith("orchestration_event", StringComparison.Ordinal)), span => Assert.Equal(instance, span.GetTagItem("durabletask.event.target_instance_id")));
    }

    [Fact]
    public async Task TraceContext_OfOrchestratorAndActivity_IsOfTheTraceThatStartedThem()
    {
        using var spans = new Spans();
        await using var hub = await TestHub.StartAsync(storage, new Script(), new HubOptions { Functions = [typeof(Traced)] });

        var instance = await spans.UnderAsync(() => hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Traced.TracedMain), hub.Bound));

        Assert.All(await hub.OutputOfAsync<string[]>(instance), parent => Assert.StartsWith($"00-{spans.TraceId}-", parent, StringComparison.Ordinal));
    }

    private static void AssertPaths(Spans spans, string[] expected) => Assert.Equal(expected.Order(StringComparer.Ordinal), spans.Paths);

    private static IEnumerable<string> Episodes(string execution, int count) => Enumerable.Repeat($"{execution} > Invoke Server", count);

    /// <summary>A call of an activity and its one run.</summary>
    private static string[] ActivityCall(string caller, string name)
    {
        var (call, run) = ($"{caller} > activity:{name} Client", $"{caller} > activity:{name} Client > activity:{name} Server");
        return [call, run, $"{run} > Invoke Server"];
    }

    public sealed class Traced
    {
        [Function(nameof(TracedMain))]
        public async Task<string[]> TracedMain([OrchestrationTrigger] TaskOrchestrationContext context, FunctionContext function)
        {
            var before = Activity.Current!.Id!;
            var activity = await context.CallActivityAsync<string>(nameof(TracedActivity));
            return [before, Activity.Current!.Id!, function.TraceContext.TraceParent, activity];
        }

        [Function(nameof(TracedActivity))]
        public string TracedActivity([ActivityTrigger] object? input, FunctionContext function) => function.TraceContext.TraceParent;
    }
}
