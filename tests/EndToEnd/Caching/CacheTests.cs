using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Caching;

/// <summary>What has been paid for is not paid for again, wherever the process and its neighbours have gone meanwhile.</summary>
public sealed class CacheTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("A short one.", "mp3")]
    [InlineData("A longer text, of which uncompressed audio is far too large for a row of a table, so that it is kept in a blob.", "wav")]
    public async Task Speak_AgainAfterARestart_GivesTheSameBytesForNothing(string text, string format)
    {
        await using var app = await ProviderApp.StartAsync(CacheCalls.Patient);

        var made = await app.Client.SpeakCachedAsync(text, "azure", format: format);
        var again = await app.Client.SpeakCachedAsync(text, "azure", format: format);
        await app.RestartAsync();
        var restarted = await app.Client.SpeakCachedAsync(text, "azure", format: format);
        var once = await app.Client.SpeakCachedAsync(text, "azure", format: format);

        Assert.Equal(["miss", "hit", "hit", "hit"], new[] { made, again, restarted, once }.Select(answer => answer.Cache));
        Assert.NotEmpty(made.Audio);
        Assert.All([again, restarted, once], answer =>
        {
            Assert.Equal(made.Audio, answer.Audio);
            Assert.Equal(made.ETag, answer.ETag);
            Assert.Equal("0", answer.CostUsd);
        });
        Assert.Equal(1, app.Servers.Azure.Count);
        var totals = await app.Client.UsageTotalsAsync();
        Assert.Equal((4, 3), ((int)totals["requests"]!, (int)totals["cacheHits"]!));
        Assert.Equal(decimal.Parse(made.CostUsd!), (decimal)totals["costUsd"]!);
        Assert.Equal(3 * decimal.Parse(made.CostUsd!), (decimal)totals["savedUsd"]!);
    }

    [Fact]
    public async Task Transcribe_OtherFormatsOfTheSameRecording_AreMadeOfOneResult()
    {
        await using var app = await ProviderApp.StartAsync(CacheCalls.Patient);
        var recording = await PlainApp.RecordingAsync();

        using var json = await app.Client.TranscribeAsync(recording, "?language=en&provider=azure");
        Assert.Equal("miss", (await json.ReadJsonAsync()).Cache());
        using var captions = await app.Client.TranscribeAsync(recording, "?language=en&provider=azure&format=srt");
        Assert.Contains("-->", await captions.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        await app.RestartAsync();
        using var verbose = await app.Client.TranscribeAsync(recording, "?language=en&provider=azure&format=verbose_json");
        var restarted = await verbose.ReadJsonAsync();
        using var vtt = await app.Client.TranscribeAsync(recording, "?language=en&provider=azure&format=vtt");
        Assert.StartsWith("WEBVTT", await vtt.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);

        Assert.Equal("hit", restarted.Cache());
        Assert.NotEmpty(restarted["segments"]!.AsArray());
        Assert.Equal(1, app.Servers.Azure.Count);
        Assert.Equal(3, await app.Client.UsageByCacheAsync("hit"));
    }

    [Fact]
    public async Task Speak_FirstProviderOut_LeavesNothingUnderItsKeyAndIsAskedAgainAtOnce()
    {
        const string Text = "Whoever is there says this.";
        await using var app = await ProviderApp.StartAsync(CacheCalls.Patient, ("Resilience__MaxRetries", "0"), ("Resilience__MinimumThroughput", "10000"));
        string[] order = ["azure", "google"];
        app.Servers.Azure.FaultFor = _ => Fault.Status(500);

        var outage = await app.Client.SpeakCachedAsync(Text, providers: order);
        Assert.Equal(("google", "miss"), (outage.Provider, outage.Cache));
        Assert.False(await app.Client.IsStoredAsync(Text, "azure"));
        Assert.True(await app.Client.IsStoredAsync(Text, "google"));
        var stored = await app.Client.SpeakCachedAsync(Text, providers: order);
        Assert.Equal(("google", "hit"), (stored.Provider, stored.Cache));

        app.Servers.Azure.FaultFor = null;
        var back = await app.Client.SpeakCachedAsync(Text, providers: order);
        var kept = await app.Client.SpeakCachedAsync(Text, providers: order);

        Assert.Equal(("azure", "miss"), (back.Provider, back.Cache));
        Assert.Equal(("azure", "hit"), (kept.Provider, kept.Cache));
        Assert.Equal(back.Audio, kept.Audio);
        Assert.Equal((3, 1), (app.Servers.Azure.Count, app.Servers.Google.Count));
    }

    [Fact]
    public async Task Speak_StorageGoesAndComesBack_GoesOnAndFindsAgain()
    {
        await using var app = await ProviderApp.StartAsync(("Cache__BreakDuration", "00:00:01"));
        await using var other = await app.StartAnotherAsync();
        await app.Client.SpeakCachedAsync("Stored while all was well.");
        await WaitUntilStoredAsync(other.Client, "Stored while all was well.");

        await app.Storage.StopAsync();
        var elapsed = new List<double>();
        for (var number = 0; number < 20; number++)
        {
            var start = TimeProvider.System.GetTimestamp();
            Assert.Equal("miss", (await app.Client.SpeakCachedAsync($"Nobody can keep number {number}.")).Cache);
            elapsed.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }

        Assert.Equal("hit", (await app.Client.SpeakCachedAsync("Stored while all was well.")).Cache);
        Assert.Equal("hit", (await app.Client.SpeakCachedAsync("Nobody can keep number 0.")).Cache);
        Assert.Single(app.Process.Log, line => line.Contains("Storage does not answer the cache in time", StringComparison.Ordinal));
        Measurement.Note($"Storage away: 20 misses one after the other took {elapsed.Order().ElementAt(10):0.0} ms at the median, {elapsed.Max():0} ms at most.");

        await app.Storage.StartAsync();
        // What was made meanwhile is written down now, and a process that has never made it finds it.
        await WaitUntilStoredAsync(other.Client, "Nobody can keep number 0.");
        await WaitUntilStoredAsync(other.Client, "Nobody can keep number 19.");
        var calls = app.Servers.OpenAI.Count;
        Assert.Equal("hit", (await other.Client.SpeakCachedAsync("Nobody can keep number 19.")).Cache);
        await app.Client.SpeakCachedAsync("Stored again.");
        await WaitUntilStoredAsync(other.Client, "Stored again.");
        Assert.Equal(calls + 1, app.Servers.OpenAI.Count);
    }

    [Fact]
    public async Task Speak_Bypass_NeitherReadsNorWrites()
    {
        await using var app = await ProviderApp.StartAsync(CacheCalls.Patient);

        var first = await app.Client.SpeakCachedAsync("Said anew every time.", cache: "bypass");
        var second = await app.Client.SpeakCachedAsync("Said anew every time.", cache: "bypass");

        Assert.Equal(("bypass", "bypass"), (first.Cache, second.Cache));
        Assert.False(await app.Client.IsStoredAsync("Said anew every time.", "openai"));
        Assert.Equal(2, app.Servers.OpenAI.Count);
        Assert.Equal((2, 1), (await app.Client.UsageByCacheAsync("bypass"), (int)(await app.Client.UsageTotalsAsync())["errors"]!));
    }

    /// <summary>Asks without having it made, until it is there.</summary>
    private static async Task WaitUntilStoredAsync(HttpClient client, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await client.IsStoredAsync(text, "openai"))
        {
            Assert.False(patience.IsCancellationRequested, $"'{text}' has not been stored.");
        }
    }
}
