using System.Text.Json;
using CsCheck;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>
/// Random orchestrations under random crashes: each ends as it would without any, everything it decided happened, and nothing was decided twice. A failure
/// prints its seed; the environment variable CsCheck_Seed repeats it, and CsCheck_Iter asks for more.
/// </summary>
public sealed class ModelTests
{
    private static readonly long Runs = Math.Max(Check.Iter, 2_000);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task RandomOrchestrations_RandomCrashes_EndAsWithoutThem()
    {
        var (runs, crashes, activities) = (0, 0, 0);
        await Cases.All.SampleAsync(
            async test =>
            {
                var (crashed, ran) = await RunAsync(test);
                Interlocked.Increment(ref runs);
                Interlocked.Add(ref crashes, crashed);
                Interlocked.Add(ref activities, ran);
            },
            iter: Runs,
            threads: 4,
            print: test => JsonSerializer.Serialize(test));
        Measurement.Note($"model: {runs} random orchestrations, {crashes} crashes between two writes, {activities} activities run");
        Assert.True(crashes > Runs / 2, $"Only {crashes} crashes: the test does not do what it is for.");
    }

    private static async Task<(int Crashes, int Activities)> RunAsync(Case test)
    {
        var oracle = new Oracle();
        var expected = oracle.Run(test.Run);
        var (time, world, hiccups) = (new FastTime(), new World(), new Hiccups(test.Hiccups));
        var memory = new MemoryStore();
        using var patience = new CancellationTokenSource(Patience);
        var client = ModelProcess.Client(memory, time);
        await client.ScheduleNewOrchestrationInstanceAsync(Interpreter.Orchestrator, test.Run, new StartOrchestrationOptions("root"), patience.Token);
        var end = client.WaitForInstanceCompletionAsync("root", getInputsAndOutputs: true, patience.Token);
        var letters = SendAsync(client, test.Run.Rounds * test.Run.Letters, patience.Token);
        var suspensions = SuspendAsync(client, test.Suspensions, memory, end, patience.Token);

        var crashed = 0;
        var processes = new List<ModelProcess>();
        try
        {
            foreach (var crash in test.Crashes.Append(null))
            {
                var store = new CrashingStore(memory, crash, hiccups);
                processes.Add(new ModelProcess(store, world, test, time));
                await Task.WhenAny(end, store.Crashed);
                if (end.IsCompleted)
                {
                    break;
                }

                crashed++;
                processes[^1].LoseLater();
            }

            await Task.WhenAll(letters, suspensions);
            await CheckAsync(test, oracle, expected, await EndAsync(end, memory, world), world, client, crashed);
            return (crashed, world.Keys.Sum(key => world.RunsOf(key).Count));
        }
        finally
        {
            processes.ForEach(process => process.Die());
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static async Task<OrchestrationMetadata> EndAsync(Task<OrchestrationMetadata> end, MemoryStore memory, World world)
    {
        try
        {
            return await end;
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"The orchestration hangs. What is stored:\n{memory.Describe()}\nWhat was said:\n{world.Log}", exception);
        }
    }

    private static async Task SendAsync(DurableTaskClient client, int letters, CancellationToken cancellationToken)
    {
        for (var letter = 0; letter < letters; letter++)
        {
            await client.RaiseEventAsync("root", Interpreter.Letter, letter, cancellationToken);
        }
    }

    /// <summary>Holds the instance now and then, which changes nothing of what it comes to.</summary>
    private static async Task SuspendAsync(DurableTaskClient client, IReadOnlyList<int> suspensions, MemoryStore memory, Task end, CancellationToken cancellationToken)
    {
        foreach (var writes in suspensions.Order())
        {
            while (memory.Writes < writes && !end.IsCompleted)
            {
                await Task.Delay(1, cancellationToken);
            }

            await client.SuspendInstanceAsync("root", cancellation: cancellationToken);
            await Task.Delay(1, cancellationToken);
            await client.ResumeInstanceAsync("root", cancellation: cancellationToken);
        }
    }

    private static async Task CheckAsync(
        Case test, Oracle oracle, string? expected, OrchestrationMetadata end, World world, DurableTaskClient client, int crashed)
    {
        Assert.Equal(expected is null ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        if (expected is null)
        {
            Assert.True(end.FailureDetails!.IsCausedBy<TaskFailedException>(), $"{end.FailureDetails}");
        }
        else
        {
            Assert.Equal(expected, end.ReadOutputAs<string>());
        }

        Assert.Equal(oracle.Keys.Order(StringComparer.Ordinal), world.Keys.Order(StringComparer.Ordinal));
        Assert.All(world.Keys, key => Assert.Single(world.RunsOf(key).Select(work => work.Stamp).Distinct(StringComparer.Ordinal)));
        if (crashed == 0 && test.Hiccups.Count == 0)
        {
            Assert.All(oracle.Runs, runs => Assert.Equal(runs.Value, world.RunsOf(runs.Key).Count));
        }

        var instances = 0;
        await foreach (var instance in client.GetAllInstancesAsync())
        {
            instances++;
            Assert.True(instance.IsCompleted, $"{instance} has not ended.");
        }

        Assert.Equal(oracle.Instances, instances);
    }
}
