using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>A recording of an hour as a job, held against the same utterances one by one.</summary>
public sealed class LongRecordingTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task TranscribeJob_AnHour_IsHeardAsWellAsItsPartsInTheMemoryOfTenMinutes()
    {
        var utterances = await Utterance.ReadAllAsync();
        var began = TimeProvider.System.GetTimestamp();
        var alone = await HearOneByOneAsync(utterances);
        Measurement.Note($"Recognition of {utterances.Count} utterances one by one took {Elapsed(began):0} s; peak memory {app.Process.PeakMemory / 1e6:0} MB.");

        var tenMinutes = await HearAsync(utterances, TimeSpan.FromMinutes(10), seed: 1, alone);
        var hour = await HearAsync(utterances, TimeSpan.FromMinutes(60), seed: 2, alone);

        Assert.True(hour.Rate <= hour.AloneRate, $"Word errors: {hour.Rate:P2} in the whole, {hour.AloneRate:P2} in its parts.");
        Assert.True(hour.PeakMemory <= tenMinutes.PeakMemory * 1.25, $"Memory grew from {tenMinutes.PeakMemory / 1e6:0} MB to {hour.PeakMemory / 1e6:0} MB.");
    }

    private async Task<(double Rate, double AloneRate, long PeakMemory)> HearAsync(
        IReadOnlyList<Utterance> utterances, TimeSpan length, int seed, IReadOnlyDictionary<Utterance, WordErrorRate> alone)
    {
        using var recording = await LongRecording.MakeAsync(utterances, length, seed);
        var began = TimeProvider.System.GetTimestamp();
        var blob = await app.Client.UploadAsync(recording.Path, "audio/wav");
        var id = await app.Client.OrderTranscriptAsync(new { audioBlob = blob, outputs = new[] { "json", "txt", "srt", "vtt" } });
        var job = await app.Client.WaitForSuccessAsync(id, Patience);
        var took = Elapsed(began);
        var transcript = JsonNode.Parse(await app.Client.ResultAsync(id, "transcript.json"))!;
        var text = (string)transcript["text"]!;

        Assert.Equal(recording.Seconds, (double)transcript["duration"]!, 0.002);
        Assert.Equal(text, Encoding.UTF8.GetString(await app.Client.ResultAsync(id, "transcript.txt")));
        AssertTimes(transcript["segments"]!.AsArray(), recording, text);
        AssertCaptions(Encoding.UTF8.GetString(await app.Client.ResultAsync(id, "transcript.srt")), transcript["segments"]!.AsArray());

        var rate = WordErrorRate.Between(recording.Transcript, text);
        var parts = recording.Utterances.Select(utterance => alone[utterance.Said]).Aggregate(WordErrorRate.Add);
        var peak = app.Process.PeakMemory;
        Measurement.Note(
            $"Recording of {recording.Seconds / 60:0.0} minutes as a job: {took:0} s, {(int)job["progress"]!["total"]!} pieces, word errors {rate.Rate:P2} of {rate.Words}, "
            + $"its utterances one by one {parts.Rate:P2}; peak memory {peak / 1e6:0} MB.");
        return (rate.Rate, parts.Rate, peak);
    }

    /// <summary>Each utterance as a short call; one that is not made out is wrong in all its words.</summary>
    private async Task<IReadOnlyDictionary<Utterance, WordErrorRate>> HearOneByOneAsync(IReadOnlyList<Utterance> utterances)
    {
        var rates = new ConcurrentDictionary<Utterance, WordErrorRate>(ReferenceEqualityComparer.Instance);
        await Parallel.ForEachAsync(utterances, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (utterance, _) =>
        {
            using var response = await app.Client.TranscribeAsync(utterance.ToWav());
            var heard = (string?)(await response.ReadJsonAsync())["text"] ?? "";
            rates[utterance] = WordErrorRate.Between(utterance.Transcript, heard);
        });
        return rates;
    }

    private static void AssertTimes(JsonArray segments, LongRecording recording, string text)
    {
        var last = 0d;
        var next = 0;
        foreach (var segment in segments)
        {
            var (start, end) = ((double)segment!["start"]!, (double)segment["end"]!);
            Assert.True(start >= last && end > start && end <= recording.Seconds, $"A segment from {start} to {end} follows one that begins at {last}.");
            last = start;
            while (next < recording.Utterances.Count - 1 && recording.Utterances[next].End <= start) next++;
            Assert.True(recording.Utterances[next].Start < end, $"Nobody speaks from {start} to {end}.");
        }

        Assert.Equal(text, string.Join(' ', segments.Select(segment => (string)segment!["text"]!).Where(said => said.Length > 0)));
    }

    private static void AssertCaptions(string srt, JsonArray segments) =>
        Assert.Equal(segments.Count(segment => ((string)segment!["text"]!).Length > 0), srt.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length);

    private static double Elapsed(long began) => TimeProvider.System.GetElapsedTime(began).TotalSeconds;
}
