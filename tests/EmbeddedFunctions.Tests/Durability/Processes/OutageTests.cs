using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>Storage that is away for a while.</summary>
public sealed class OutageTests
{
    private const int Instances = 40;

    [Fact]
    public async Task Storage_DownInTheMiddle_NoInstanceFails()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        using var effects = new EffectsLog();
        await using var app = await DurableProcess.StartAsync(storage, effects);
        await app.StartInstancesAsync("Mixed", "order", Instances);
        await effects.UntilAsync(Instances, app);

        await storage.StopAsync();
        await effects.UntilAsync(
            _ => app.Process.Log.Count(line => line.StartsWith("warn: Host.Triggers.DurableTask", StringComparison.Ordinal)) > 20,
            () => string.Join('\n', app.Process.Log));
        await storage.StartAsync();

        Assert.Equal(Mixed.Outputs(Instances), await app.OutputsAsync("order", Instances));
        Assert.Equal(new Dictionary<string, int> { ["Completed"] = Instances * (1 + Mixed.Children) }, await app.CountAsync());
        effects.CheckSteps(Instances * Mixed.Steps, crashes: 1);
    }

    [Fact]
    public async Task Storage_DownAtTheStart_IsWaitedFor()
    {
        await using var storage = new StorageEmulator();
        using var effects = new EffectsLog();
        await using var app = await DurableProcess.StartAsync(storage, effects);
        await storage.StartAsync();

        await app.StartInstancesAsync("Chain", "order", 3);

        Assert.Equal(["0", "32", "64"], await app.OutputsAsync("order", 3));
    }
}
