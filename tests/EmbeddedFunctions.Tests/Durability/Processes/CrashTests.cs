using System.Diagnostics;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>The real process, killed as often as it takes.</summary>
public sealed class CrashTests
{
    private const int Kills = 50;
    private const int Instances = 100;

    [Fact]
    public async Task Kill_FiftyTimesUnderAHundredOrchestrations_AllCompleteWithTheRightResults()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        using var effects = new EffectsLog();
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var watch = Stopwatch.StartNew();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");

        var app = await DurableProcess.StartAsync(storage, effects);
        try
        {
            await app.StartInstancesAsync("Mixed", "order", Instances);
            for (var kill = 0; kill < Kills; kill++)
            {
                // Progress first, so that no process dies without having done something; then any instant will do.
                await effects.UntilAsync(effects.Read().Count + random.Next(1, 30), app);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 30)), TestContext.Current.CancellationToken);
                await app.KillAsync();
                await app.DisposeAsync();
                app = await DurableProcess.StartAsync(storage, effects);
            }

            var afterTheLast = await app.CountAsync();
            Assert.True(afterTheLast.GetValueOrDefault("Running") + afterTheLast.GetValueOrDefault("Pending") > 0, "The orchestrations ended too early to be killed.");

            Assert.Equal(Mixed.Outputs(Instances), await app.OutputsAsync("order", Instances));
            Assert.Equal(new Dictionary<string, int> { ["Completed"] = Instances * (1 + Mixed.Children) }, await app.CountAsync());
            var repeated = effects.CheckSteps(Instances * Mixed.Steps, Kills) - (Instances * Mixed.Children);
            Measurement.Note(
                $"kill -9: {Kills} kills under {Instances} orchestrations of {Mixed.Steps} activities each, all right after {watch.Elapsed.TotalSeconds:F0} s; "
                + $"{repeated} runs of activities were repetitions");
        }
        finally
        {
            await app.DisposeAsync();
        }
    }
}
