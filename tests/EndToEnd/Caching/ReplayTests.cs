using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Caching;

public sealed class ReplayTests
{
    private const int Requests = 10_000;
    private const int Phrases = 2_500;
    private const int Concurrency = 16;

    [Fact]
    public async Task Replay_ZipfDistributedPhrases_PaysForEachPhraseOnce()
    {
        await using var app = await ProviderApp.StartAsync();
        app.Servers.OpenAI.Audio = SpeakDifferently;
        var phrases = Zipf.Draw(Requests, Phrases, seed: 4);
        var distinct = phrases.Distinct().Count();
        Assert.InRange(1 - ((double)distinct / Requests), 0.8, 1);

        var heard = new ConcurrentDictionary<string, ConcurrentDictionary<string, bool>>();
        var outcomes = new ConcurrentDictionary<string, int>();
        var start = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(phrases, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (phrase, _) =>
        {
            var answer = await app.Client.SpeakCachedAsync(phrase);
            outcomes.AddOrUpdate(answer.Cache, 1, (_, count) => count + 1);
            heard.GetOrAdd(phrase, _ => []).TryAdd(answer.ETag, true);
        });
        var elapsed = TimeProvider.System.GetElapsedTime(start);

        // Every phrase has one sound, and no two have the same.
        Assert.All(heard, pair => Assert.Single(pair.Value));
        Assert.Equal(distinct, heard.Values.SelectMany(tags => tags.Keys).Distinct().Count());
        Assert.Equal(distinct, app.Servers.OpenAI.Count);
        Assert.Equal((distinct, Requests - distinct), (outcomes["miss"], outcomes.GetValueOrDefault("hit") + outcomes.GetValueOrDefault("shared")));
        var totals = await app.Client.UsageTotalsAsync();
        Assert.Equal((Requests, 0), ((int)totals["requests"]!, (int)totals["errors"]!));
        Assert.Equal(Requests - distinct, (int)totals["cacheHits"]! + (int)totals["cacheShared"]!);
        Assert.Equal(phrases.Sum(phrase => phrase.Length), (int)totals["characters"]!);
        Measurement.Note(
            $"Replay: {Requests} requests, {Concurrency} at a time, {distinct} distinct: {outcomes["hit"]} hits and {outcomes.GetValueOrDefault("shared")} shared, "
            + $"{100d * (Requests - distinct) / Requests:0.0} % as in theory, {app.Servers.OpenAI.Count} provider calls, {Requests / elapsed.TotalSeconds:0} requests a second.");
    }

    /// <summary>A short sound that is another for each text.</summary>
    private static byte[] SpeakDifferently(string text, string format, int sampleRate, bool silent)
    {
        var samples = AudioSamples.SpeechLike(0.4, sampleRate);
        var mark = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        for (var index = 0; index < mark.Length; index++)
        {
            samples[index] = (short)(mark[index] * 16);
        }

        return format == "wav" ? AudioSamples.Wav(samples, sampleRate) : throw new NotSupportedException($"The test has no audio in {format}.");
    }
}
