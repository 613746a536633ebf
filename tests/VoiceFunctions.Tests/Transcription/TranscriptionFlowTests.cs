using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Tests.Audio;
using VoiceFunctions.Tests.Stubs;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Tests.Transcription;

public sealed class TranscriptionFlowTests(AudioLab lab) : IClassFixture<AudioLab>, IDisposable
{
    private readonly StubSpeechToTextClient _speech = new();

    public void Dispose() => _speech.Dispose();

    [Theory]
    [InlineData("?timestamps=segment", "text", false, false)]
    [InlineData("?timestamps=segment", "text", true, true)]
    [InlineData("?timestamps=word", "text", true, false)]
    [InlineData("?format=srt", "text", false, false)]
    [InlineData("?format=vtt", "text", true, true)]
    [InlineData("?format=srt", "", false, true)]
    [InlineData("?timestamps=word", "", false, true)]
    [InlineData("?format=verbose_json", "text", false, true)]
    public async Task RunAsync_TimingsAskedForAndNotMeasured_AreNotMadeUp(string query, string text, bool measured, bool served)
    {
        _speech.Then((_, _) => Task.FromResult(new Microsoft.Extensions.AI.SpeechToTextResponse(text).WithOutcome(new()
        {
            Provider = "a",
            Model = "m",
            Segments = measured ? [new(0, 1, text)] : [],
        })));
        var flow = new TranscriptionFlow(_speech, new RecognitionPlanner(TestCatalog.Order(TestCatalog.Of())), new TranscriptionRequestReader(lab.Inspector), new FakeTimeProvider());
        var http = TestRequest.Post(AudioSamples.Wav(AudioSamples.Tone(1, 16_000), 16_000), "audio/wav", query);

        var exception = await Record.ExceptionAsync(() => flow.RunAsync(http, TestContext.Current.CancellationToken));

        Assert.Equal(served ? null : ProblemKind.TimingsUnavailable, (exception as ProblemException)?.Kind);
        Assert.Equal(served, exception is null);
    }
}
