using EmbeddedFunctions.Tests.Storage;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>A table's property holds 64 KB (32 Ki characters); what is larger goes elsewhere, and nobody can tell.</summary>
public sealed class PayloadTests(StorageAccount storage)
{
    private const string Alphabet = "zażółć gęślą jaźń 日本語 🎧\"\\\u0001\u2028 ";

    public static TheoryData<int, string> Sizes { get; } = new(
        from size in new[] { 0, 10, 30_000, 47 * 1024, 49 * 1024, 70_000, 1024 * 1024 }
        from alphabet in new[] { "x", Alphabet }
        select new TheoryDataRow<int, string>(size, alphabet));

    /// <summary>Input, output, activity input and output, child input and output, event, in one go.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Payloads_OfAnySize_ArriveAsTheyWere(int size, string alphabet)
    {
        var text = Text(size, alphabet);
        var script = new Script()
            .Main(async context =>
            {
                var input = context.GetInput<string>();
                var activity = await context.CallActivityAsync<string>("First", input);
                var child = await context.CallSubOrchestratorAsync<string>("Child", activity);
                context.SetCustomStatus("waiting");
                return await context.WaitForExternalEvent<string>("text") == child ? child : "different";
            })
            .Child(async context => await context.CallActivityAsync<string>("First", context.GetInput<string>()))
            .First<string>(input => input == text ? input : throw new InvalidOperationException("different"));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays: true));

        var instance = await hub.StartMainAsync(text);
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.RaiseAsync(instance, "text", text);
        var end = await hub.EndOfAsync(instance);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(text, end.ReadInputAs<string>());
        Assert.Equal(text, end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Payload_Large_SurvivesContinueAsNewAndTermination()
    {
        var text = Text(100_000, Alphabet);
        var script = new Script().Main(async context =>
        {
            var (round, same) = (context.GetInput<Round>()!.Number, context.GetInput<Round>()!.Text);
            if (round < 3)
            {
                context.ContinueAsNew(new Round(round + 1, same));
                return null;
            }

            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("never");
        });
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync(new Round(0, text));
        await hub.UntilStatusAsync(instance, "waiting");
        await hub.Client.TerminateInstanceAsync(instance, (object)text, hub.Bound);
        var end = await hub.EndOfAsync(instance);

        Assert.Equal(new Round(3, text), end.ReadInputAs<Round>());
        Assert.Equal(text, end.ReadOutputAs<string>());
    }

    [Theory]
    [KeptAndReplayed]
    public async Task Results_LargeOnesOfManyActivities_AllArrive(bool replays)
    {
        var script = new Script()
            .Main(async context =>
            {
                var texts = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => context.CallActivityAsync<string>("First", index)).ToList());
                return texts.Select((text, index) => text == Text(20_000 + index, Alphabet)).Count(same => same);
            })
            .First<int>(index => Text(20_000 + index, Alphabet));
        await using var hub = await TestHub.StartAsync(storage, script, HubOptions.Replayed(replays));

        Assert.Equal(20, await hub.OutputOfMainAsync<int>());
    }

    [Fact]
    public async Task Schedule_InputThatCannotBeSerialised_ThrowsAtTheCaller()
    {
        var script = new Script().Main(_ => Task.FromResult<object?>(null));
        await using var hub = await TestHub.StartAsync(storage, script);

        Assert.IsNotType<OperationCanceledException>(await Record.ExceptionAsync(() => hub.StartMainAsync(new Node())));
        Assert.NotNull(await Record.ExceptionAsync(() => hub.StartMainAsync(new Node())));
        Assert.Empty(await hub.Client.GetAllInstancesAsync().ToListAsync(hub.Bound));
    }

    [Theory]
    [InlineData("activity input")]
    [InlineData("activity output")]
    [InlineData("orchestrator output")]
    [InlineData("custom status")]
    [InlineData("continue as new")]
    public async Task Payload_ThatCannotBeSerialised_FailsTheInstance(string where)
    {
        var script = new Script()
            .Main(async context =>
            {
                await context.CallActivityAsync("First", where == "activity input" ? new Node() : null);
                if (where == "custom status")
                {
                    context.SetCustomStatus(new Node());
                }

                if (where == "continue as new")
                {
                    context.ContinueAsNew(new Node());
                }

                return where == "orchestrator output" ? new Node() : null;
            })
            .First<object>(_ => where == "activity output" ? new Node() : null);
        await using var hub = await TestHub.StartAsync(storage, script);

        var end = await hub.RunMainAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("cycle", end.FailureDetails!.ErrorMessage, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Payload_ThatIsNotOfTheType_FailsTheInstance(bool ofAnEvent)
    {
        var script = new Script()
            .Main(async context => ofAnEvent ? await context.WaitForExternalEvent<int>("number") : await context.CallActivityAsync<int>("First"))
            .First<object>(_ => "no number");
        await using var hub = await TestHub.StartAsync(storage, script);

        var instance = await hub.StartMainAsync();
        await hub.RaiseAsync(instance, "number", "no number");
        var end = await hub.EndOfAsync(instance);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
    }

    private static string Text(int size, string alphabet)
    {
        var text = string.Create(size, alphabet, (span, letters) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = letters[index % letters.Length];
            }
        });

        // A pair that was cut in two would not be text any more.
        return text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[..^1] : text;
    }

    private sealed record Round(int Number, string Text);

    private sealed class Node
    {
        public Node Next => this;
    }
}
