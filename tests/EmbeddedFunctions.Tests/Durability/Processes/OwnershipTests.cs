using System.Diagnostics;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>Two processes on one hub.</summary>
public sealed class OwnershipTests
{
    private const int Instances = 40;

    /// <summary>30 seconds, and some for the one that takes over to notice and to begin.</summary>
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task TwoProcesses_OneRunsAndBothEnqueue_AndWhenItIsKilledTheOtherTakesOver()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        using var effects = new EffectsLog();
        await using var first = await DurableProcess.StartAsync(storage, effects);
        await first.StartInstancesAsync("Mixed", "first", Instances);
        await effects.UntilAsync(1, first);
        await using var second = await DurableProcess.StartAsync(storage, effects);
        await second.StartInstancesAsync("Mixed", "second", Instances);

        var before = await effects.UntilAsync(log => log.Any(effect => effect.Instance.StartsWith("second", StringComparison.Ordinal)), () => Log(first, second));
        Assert.All(before, effect => Assert.Equal(first.Process.Id, effect.Process));
        await first.KillAsync();
        var watch = Stopwatch.StartNew();
        await effects.UntilAsync(log => log.Any(effect => effect.Process == second.Process.Id), () => Log(first, second));
        var takeover = watch.Elapsed;

        Assert.InRange(takeover, TimeSpan.Zero, LeaseTime);
        await CheckAsync(second, effects);
        var idle = await second.IdleLoadAsync();
        Measurement.Note($"takeover after kill -9: {takeover.TotalSeconds:F1} s; idle polling: {idle:P2} of a core");
        Assert.InRange(idle, 0, DurableProcess.NoLoad);
    }

    /// <summary>A process that was out for longer than its lease holds must not do what another one does by now.</summary>
    [Fact]
    public async Task OwnerFreezes_TheOtherTakesOverAndTheFirstOneDoesNoHarmWhenItGoesOn()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        using var effects = new EffectsLog();
        await using var first = await DurableProcess.StartAsync(storage, effects);
        await first.StartInstancesAsync("Mixed", "first", Instances);
        await effects.UntilAsync(Instances, first);
        await using var second = await DurableProcess.StartAsync(storage, effects);

        first.Process.Freeze();
        try
        {
            var watch = Stopwatch.StartNew();
            await second.StartInstancesAsync("Mixed", "second", Instances);
            await effects.UntilAsync(log => log.Any(effect => effect.Process == second.Process.Id), () => Log(first, second));
            Measurement.Note($"takeover from a process that hangs: {watch.Elapsed.TotalSeconds:F1} s");
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, LeaseTime);
        }
        finally
        {
            first.Process.GoOn();
        }

        await CheckAsync(second, effects);
        var known = effects.CountOf(first);
        await first.StartInstancesAsync("Chain", "third", 1);
        Assert.Equal(["0"], await first.OutputsAsync("third", 1));
        Assert.Equal(known, effects.CountOf(first));
    }

    private static async Task CheckAsync(DurableProcess process, EffectsLog effects)
    {
        Assert.Equal(Mixed.Outputs(Instances), await process.OutputsAsync("first", Instances));
        Assert.Equal(Mixed.Outputs(Instances), await process.OutputsAsync("second", Instances));
        Assert.Equal(new Dictionary<string, int> { ["Completed"] = 2 * Instances * (1 + Mixed.Children) }, await process.CountAsync());
        effects.CheckSteps(2 * Instances * Mixed.Steps, crashes: 1);
    }

    private static string Log(params DurableProcess[] processes) => string.Join('\n', processes.SelectMany(process => process.Process.Log));
}
