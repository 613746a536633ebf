using VoiceFunctions.Providers;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Caching;

public sealed class StorageOutageTests
{
    [Fact]
    public async Task GetAudioAsync_StorageStopsAndComesBack_RequestsGoOnAndHitsReturn()
    {
        await using var emulator = new StorageEmulator();
        await emulator.StartAsync();
        var stored = new StoredCache(emulator);
        (string, string?)[] settings = [("LookupTimeout", "00:00:02"), ("BreakAfter", "2"), ("BreakDuration", "00:00:00.200"), ("MemoryBytes", "1")];
        await using var cache = await stored.StartAsync(settings: settings);
        await cache.SpeakAsync("Before.", new() { StoreBeforeReturn = true });
        await emulator.StopAsync();

        for (var text = 0; text < 20; text++)
        {
            Assert.Equal(CacheOutcome.Miss, (await cache.SpeakAsync($"Meanwhile {text}.")).GetOutcome().Cache);
        }

        await emulator.StartAsync();
        await Eventually.TrueAsync(async () => (await cache.SpeakAsync("Before.")).GetOutcome().Cache == CacheOutcome.Hit, "a result from before is found again");
        await Eventually.TrueAsync(
            async () => (await stored.RowsAsync()).Count(row => row.GetString("State") == "ready") == 21, "the results from the outage are stored");
        await using var other = await stored.StartAsync();
        Assert.Equal(CacheOutcome.Hit, (await other.SpeakAsync("Meanwhile 7.")).GetOutcome().Cache);
    }

    [Fact]
    public async Task StartAsync_StorageNotThere_StartsAndServes()
    {
        await using var emulator = new StorageEmulator();
        var stored = new StoredCache(emulator);
        await using var cache = await stored.StartAsync(settings: [("StartTimeout", "00:00:00.500"), ("LookupTimeout", "00:00:00.050"), ("DrainTimeout", "00:00:00.100")]);

        Assert.Equal(CacheOutcome.Miss, (await cache.SpeakAsync()).GetOutcome().Cache);
        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync()).GetOutcome().Cache);
    }
}
