using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd;

public sealed class AccuracyTests(RunningApp app, ITestOutputHelper output) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task SpeakThenTranscribe_TenSentences_AreUnderstood()
    {
        var total = default(WordErrorRate);
        foreach (var sentence in SpokenSentences.All)
        {
            total += Note(sentence, await app.Client.TranscribeTextAsync(await app.Client.SpeakWavAsync(sentence)));
        }

        Measurement.Note($"Synthesis and recognition: {total.Errors} errors in {total.Words} words, {total.Rate:P1}.");
        Assert.True(total.Rate <= 0.15, $"The word error rate is {total.Rate:P1}.");
    }

    [Fact]
    public async Task Transcribe_RealRecordings_AreUnderstood()
    {
        var total = default(WordErrorRate);
        foreach (var recording in Recording.All)
        {
            total += Note(recording.Transcript, await app.Client.TranscribeTextAsync(await recording.ReadWavAsync()));
        }

        Measurement.Note($"Recognition of {Recording.All.Count} recordings: {total.Errors} errors in {total.Words} words, {total.Rate:P1}.");
        Assert.True(total.Rate <= 0.05, $"The word error rate is {total.Rate:P1}.");
    }

    private WordErrorRate Note(string said, string heard)
    {
        var rate = WordErrorRate.Between(said, heard);
        output.WriteLine($"{rate.Errors,2}/{rate.Words,2}  {heard}");
        return rate;
    }
}
