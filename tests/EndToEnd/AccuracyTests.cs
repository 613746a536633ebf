using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd;

public sealed class AccuracyTests(RunningApp app, ITestOutputHelper output) : IClassFixture<RunningApp>
{
    private static readonly string[] Sentences =
    [
        "The train to the coast leaves every morning at a quarter past eight.",
        "Please remember to water the plants while we are away.",
        "She opened the old wooden box and found a letter from her grandmother.",
        "Would you like a cup of coffee, or do you prefer tea?",
        "The library closes early on Fridays during the winter.",
        "Nobody expected the small company to win the national award.",
        "Turn left at the church and walk straight down to the river.",
        "He has been learning to play the piano for almost three years.",
        "The weather report promises rain in the north and sunshine in the south.",
        "Thank you for calling, we will answer your question as soon as possible.",
    ];

    [Fact]
    public async Task SpeakThenTranscribe_TenSentences_AreUnderstood()
    {
        var total = default(WordErrorRate);
        foreach (var sentence in Sentences)
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
