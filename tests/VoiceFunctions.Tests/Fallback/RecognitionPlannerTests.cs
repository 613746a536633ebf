using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Tests.Audio;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

public sealed class RecognitionPlannerTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private static readonly RecognitionModel Plain = TestCatalog.Ear("plain") with { Languages = ["en"] };

    private static readonly RecognitionModel Able = TestCatalog.Ear("able") with
    {
        Languages = ["en", "ru"],
        Timings = TimingKinds.Segment | TimingKinds.Word,
        Diarization = true,
    };

    [Theory]
    [InlineData(null, null, TimingKinds.None, false, "plain")]
    [InlineData(null, "en-GB", TimingKinds.None, false, "plain")]
    [InlineData(null, "RU", TimingKinds.None, false, "able")]
    [InlineData(null, null, TimingKinds.Word, false, "able")]
    [InlineData(null, null, TimingKinds.None, true, "able")]
    [InlineData("able", null, TimingKinds.None, false, "able")]
    public async Task Plan_WhatIsAsked_GoesToTheFirstModelThatCan(string? model, string? language, TimingKinds timings, bool diarize, string expected)
    {
        var plan = await PlanAsync(new() { ModelId = model, SpeechLanguage = language }, new() { Timings = timings, Diarize = diarize });

        var target = Assert.Single(plan);
        Assert.Equal((expected, language), (target.Model.Id, target.Language));
    }

    [Theory]
    [InlineData("nothing", null, TimingKinds.None, false, "invalid_request")]
    [InlineData(null, "de", TimingKinds.None, false, "unsupported_language")]
    [InlineData("plain", null, TimingKinds.Segment, false, "timings_unavailable")]
    [InlineData("plain", "en", TimingKinds.None, true, "not_supported")]
    [InlineData("plain", "ru", TimingKinds.Word, false, "unsupported_language")]
    public async Task Plan_NobodyCan_TellsWhatCameNearest(string? model, string? language, TimingKinds timings, bool diarize, string code)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => PlanAsync(new() { ModelId = model, SpeechLanguage = language }, new() { Timings = timings, Diarize = diarize }));

        Assert.Equal(code, problem.Kind.Code);
    }

    [Theory]
    [InlineData(1.0, null, true)]
    [InlineData(0.99, null, false)]
    [InlineData(null, 32_044L, true)]
    [InlineData(null, 32_043L, false)]
    public async Task Plan_RecordingOfTheLimit_FitsAndALongerOneDoesNot(double? seconds, long? bytes, bool fits)
    {
        var model = Plain with { MaxDuration = seconds is { } value ? TimeSpan.FromSeconds(value) : null, MaxBytes = bytes };

        var exception = await Record.ExceptionAsync(() => PlanAsync(new(), new(), model));

        Assert.Equal(fits ? null : ProblemKind.PayloadTooLarge, (exception as ProblemException)?.Kind);
    }

    [Theory]
    [InlineData(88_244L, AudioContainer.Wav, true)]
    [InlineData(88_243L, AudioContainer.Wav, false)]
    [InlineData(32_044L, AudioContainer.Flac, true)]
    [InlineData(32_043L, AudioContainer.Flac, false)]
    public async Task Plan_LimitOfBytes_IsHeldAgainstWhatWouldBeSent(long bytes, AudioContainer container, bool fits)
    {
        var model = Plain with { MaxBytes = bytes, Containers = [container] };

        var exception = await Record.ExceptionAsync(() => PlanAsync(new(), new(), model, sampleRate: 44_100));

        Assert.Equal(fits, exception is null);
    }

    [Fact]
    public async Task Plan_TwoProviders_AreBothThereInTheOrderAsked()
    {
        var catalog = TestCatalog.Of(TestCatalog.Listener("a", Plain), TestCatalog.Speaker("mute"), TestCatalog.Listener("b", Able));
        await using var recording = await RecordAsync(16_000);

        var plan = new RecognitionPlanner(TestCatalog.Order(catalog)).Plan(recording, new SpeechToTextOptions().WithCall(new() { Providers = ["b", "mute", "a"] }));

        Assert.Equal(["b", "a"], plan.Select(target => target.Provider.Name));
    }

    private async Task<IReadOnlyList<RecognitionTarget>> PlanAsync(SpeechToTextOptions options, SpeechCall call, RecognitionModel? only = null, int sampleRate = 16_000)
    {
        var catalog = TestCatalog.Of(TestCatalog.Listener("a", only is null ? [Plain, Able] : [only]));
        await using var recording = await RecordAsync(sampleRate);
        return new RecognitionPlanner(TestCatalog.Order(catalog)).Plan(recording, options.WithCall(call));
    }

    private async Task<InspectedAudio> RecordAsync(int sampleRate) => await lab.Inspector.InspectAsync(
        new MemoryStream(AudioSamples.Wav(AudioSamples.Tone(1, sampleRate), sampleRate)), 1_000_000, TestContext.Current.CancellationToken);
}
