using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Tests.Audio;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

public sealed class FallbackSpeechToTextClientTests(AudioLab lab) : IClassFixture<AudioLab>, IDisposable
{
    private readonly StubSpeechToTextClient _inner = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _inner.Dispose();

    [Fact]
    public async Task GetTextAsync_FirstFails_TheSecondHearsItFromTheBeginning()
    {
        var response = await HearAsync(_inner.ThenFails(ProviderFailureKind.Timeout).ThenHears("hello"));

        Assert.Equal("hello", response.Text);
        Assert.Equal(["a=timeout", "b=ok"], response.GetOutcome().Attempts.Select(attempt => $"{attempt.Provider}={attempt.Outcome}"));
        Assert.NotEmpty(_inner.Calls[0].Audio);
    }

    [Fact]
    public async Task GetTextAsync_NobodyMakesItOut_IsTheRecordingsFault()
    {
        var exhausted = await Assert.ThrowsAsync<PlanExhaustedException>(
            () => HearAsync(_inner.ThenFails(ProviderFailureKind.NotRecognised).ThenFails(ProviderFailureKind.NotRecognised)));

        Assert.Equal(ProblemKind.NotRecognised, ProblemTranslation.Translate(exhausted)!.Kind);
    }

    [Fact]
    public async Task GetTextAsync_RefusedAsWrong_GoesOnOnlyToWhoTakesTheContainer()
    {
        var flac = TestCatalog.Ear("m") with { Containers = [AudioContainer.Flac] };

        await Assert.ThrowsAsync<PlanExhaustedException>(() => HearAsync(_inner.ThenFails(ProviderFailureKind.InvalidRequest), models: [TestCatalog.Ear("m"), flac]));
        Assert.Single(_inner.Calls);

        var response = await HearAsync(_inner.ThenFails(ProviderFailureKind.InvalidRequest).ThenHears("hello"), models: [flac, TestCatalog.Ear("m")]);
        Assert.Equal("b", response.GetOutcome().Provider);
    }

    [Fact]
    public async Task GetTextAsync_Target_IsResolved()
    {
        var options = new SpeechToTextOptions { SpeechLanguage = "en" };

        await HearAsync(
            _inner.ThenFails(ProviderFailureKind.Unavailable).ThenHears("hello"), options, new() { Prompt = "Names.", Providers = ["a", "b"] },
            [TestCatalog.Ear("deaf"), TestCatalog.Ear("listening") with { Prompt = true }]);

        var (first, second) = (_inner.Calls[0].Options, _inner.Calls[1].Options);
        Assert.Equal(("a", "deaf", null, "en"), (first.GetCall().Provider, first.ModelId, first.GetCall().Prompt, first.SpeechLanguage));
        Assert.Equal(("b", "listening", "Names.", "en"), (second.GetCall().Provider, second.ModelId, second.GetCall().Prompt, second.SpeechLanguage));
        Assert.Equal((AudioContainer.Wav, 1d), (second.GetCall().Container, second.GetCall().AudioSeconds));
        Assert.Equal((null, null), (options.ModelId, options.GetCall().Provider));
    }

    [Fact]
    public async Task GetTextAsync_NotInspected_IsADefect()
    {
        using var client = new FallbackSpeechToTextClient(_inner, new RecognitionPlanner(TestCatalog.Order(TestCatalog.Of())), TestCatalog.Loop());

        await Assert.ThrowsAsync<ArgumentException>(() => client.GetTextAsync(new MemoryStream(), cancellationToken: Token));
    }

    private async Task<SpeechToTextResponse> HearAsync(
        StubSpeechToTextClient inner, SpeechToTextOptions? options = null, SpeechCall? call = null, RecognitionModel[]? models = null)
    {
        string[] names = ["a", "b"];
        var catalog = TestCatalog.Of(names.Select((name, index) => models is null ? TestCatalog.Listener(name) : TestCatalog.Listener(name, models[index])));
        using var client = new FallbackSpeechToTextClient(inner, new RecognitionPlanner(TestCatalog.Order(catalog)), TestCatalog.Loop());
        await using var recording = await lab.Inspector.InspectAsync(new MemoryStream(AudioSamples.Wav(AudioSamples.Tone(1, 16_000), 16_000)), 1_000_000, Token);
        return await client.GetTextAsync(recording, (options ?? new()).WithCall(call ?? new()), Token);
    }
}
