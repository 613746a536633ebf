using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Tests.Audio;

namespace VoiceFunctions.Tests.Caching;

public sealed class CachingSpeechToTextClientTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private static readonly SpeechSegment[] Segments = [new(0, 1, "hello")];
    private static readonly SpeechWord[] Words = [new("hello", 0, 1)];

    private readonly StubSpeechStore _store = new();

    [Fact]
    public async Task GetTextAsync_CaptionsAfterText_ComeFromTheOneResult()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Listener.ThenHears("hello", outcome => outcome with { Segments = Segments, Confidence = 0.9, Language = "en", Duration = 1, CostUsd = 0.02m });

        var text = await HearAsync(cache);
        var captions = await HearAsync(cache, new() { Timings = TimingKinds.Segment });

        Assert.Equal(TimingKinds.Segment, Assert.Single(cache.Listener.Calls).Options.GetCall().Timings);
        Assert.Equal((CacheOutcome.Miss, CacheOutcome.Hit), (text.GetOutcome().Cache, captions.GetOutcome().Cache));
        var outcome = captions.GetOutcome();
        Assert.Equal(("hello", 0.9, "en", 1, 0m, 0.02m), (captions.Text, outcome.Confidence, outcome.Language, outcome.Duration, outcome.CostUsd, outcome.SavedUsd));
        Assert.Equal(Segments, outcome.Segments);
    }

    [Fact]
    public async Task GetTextAsync_WordTimesThatTheResultLacks_AreHadByHearingItAgain()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Listener.ThenHears("hello", outcome => outcome with { Segments = Segments }).ThenHears("hello", outcome => outcome with { Segments = Segments, Words = Words });

        await HearAsync(cache);
        var words = await HearAsync(cache, new() { Timings = TimingKinds.Word });
        var again = await HearAsync(cache, new() { Timings = TimingKinds.Word | TimingKinds.Segment });
        var plain = await HearAsync(cache);

        Assert.Equal([CacheOutcome.Miss, CacheOutcome.Hit, CacheOutcome.Hit], new[] { words, again, plain }.Select(response => response.GetOutcome().Cache));
        Assert.Equal(Words, plain.GetOutcome().Words);
        Assert.Equal(2, cache.Listener.Calls.Count);
    }

    [Fact]
    public async Task GetTextAsync_Hit_TellsForWhichChunkItWasMade()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Listener.ThenHears("hello");

        await HearAsync(cache, new() { Chunk = "job/1" });

        Assert.Equal("job/1", (await HearAsync(cache)).GetOutcome().MadeFor);
    }

    [Fact]
    public async Task GetTextAsync_OnlyAndTimingsLacking_IsAMiss()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Listener.ThenHears("hello");
        await HearAsync(cache);

        await Assert.ThrowsAsync<VoiceFunctions.Problems.ProblemException>(() => HearAsync(cache, new() { Timings = TimingKinds.Word, Cache = CacheMode.Only }));
    }

    [Fact]
    public async Task GetTextAsync_Silence_IsAnAnswerThatIsKeptWhateverTimingsAreAsked()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Listener.ThenHears(string.Empty);

        await HearAsync(cache);
        var again = await HearAsync(cache, new() { Timings = TimingKinds.Segment | TimingKinds.Word });

        Assert.Equal((string.Empty, CacheOutcome.Hit), (again.Text, again.GetOutcome().Cache));
    }

    [Fact]
    public async Task GetTextAsync_OtherRecordingOrOptions_IsAnotherResult()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        for (var call = 0; call < 5; call++)
        {
            cache.Listener.ThenHears("hello");
        }

        await HearAsync(cache);
        await HearAsync(cache, tone: 2);
        await HearAsync(cache, new() { Prompt = "Names." });
        await HearAsync(cache, new() { Diarize = true });
        await HearAsync(cache, new() { Tenant = "another" });

        Assert.Equal(5, cache.Listener.Calls.Count);
    }

    [Fact]
    public async Task GetTextAsync_ModelWithoutTimings_IsNotAskedForThem()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        cache.Listener.ThenHears("hello");

        await HearAsync(cache, model: "deaf");

        Assert.Equal(TimingKinds.None, Assert.Single(cache.Listener.Calls).Options.GetCall().Timings);
    }

    [Fact]
    public async Task GetTextAsync_LeaderLeavesWithItsRecording_TheFlightHearsItToTheEnd()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        cache.Listener.ThenHears("hello");
        using var leaving = new CancellationTokenSource();
        var first = await RecordAsync(1);
        await using var second = await RecordAsync(1);
        var leader = cache.Hearing.GetTextAsync(first, Options(new()), leaving.Token);
        var rider = cache.Hearing.GetTextAsync(second, Options(new()), TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await Assert.ThrowsAsync<AttemptsCancelledException>(() => leader);
        await first.DisposeAsync();
        gate.SetResult();

        Assert.Equal("hello", (await rider).Text);
        Assert.Equal(second.Length, Assert.Single(cache.Listener.Calls).Audio.Length);
    }

    [Fact]
    public async Task GetTextAsync_LeaderLeavesAndTheRiderNeedsWordTimes_TheRiderIsToldOfBothCosts()
    {
        await using var cache = await CacheInstance.StartAsync(_store);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        cache.Listener
            .ThenHears("hello", outcome => outcome with { Attempts = [new("a", "ear", "ok", null, 1)], Segments = Segments, CostUsd = 0.02m })
            .ThenHears("hello", outcome => outcome with { Attempts = [new("a", "ear", "ok", null, 1)], Words = Words, CostUsd = 0.03m });
        using var leaving = new CancellationTokenSource();
        await using var first = await RecordAsync(1);
        await using var second = await RecordAsync(1);
        await using var third = await RecordAsync(1);
        var leader = cache.Hearing.GetTextAsync(first, Options(new()), leaving.Token);
        var riders = new[] { second, third }
            .Select(recording => cache.Hearing.GetTextAsync(recording, Options(new() { Timings = TimingKinds.Word }), TestContext.Current.CancellationToken))
            .ToArray();
        await leaving.CancelAsync();
        await Assert.ThrowsAsync<AttemptsCancelledException>(() => leader);
        gate.SetResult();

        var outcomes = (await Task.WhenAll(riders)).Select(response => response.GetOutcome()).ToArray();

        Assert.Equal(2, cache.Listener.Calls.Count);
        Assert.All(outcomes, outcome => Assert.Equal(Words, outcome.Words));
        Assert.Equal(0.05m, outcomes.Sum(outcome => AttemptCosts.Total(outcome.CostUsd, outcome.Attempts)));
    }

    [Fact]
    public async Task Hold_OutlivesTheOwnerAndThenTheFilesGo()
    {
        var before = lab.TempFiles().Count();
        var recording = await RecordAsync(3);
        var held = recording.Share().Hold();
        await recording.DisposeAsync();
        await recording.DisposeAsync();

        Assert.Equal(before + 1, lab.TempFiles().Count());
        Assert.Equal(held.Length, await held.ReadAtLeastAsync(new byte[held.Length], (int)held.Length, cancellationToken: TestContext.Current.CancellationToken));
        await held.DisposeAsync();
        Assert.Equal(before, lab.TempFiles().Count());
        Assert.Throws<ObjectDisposedException>(() => recording.Hold());
    }

    private static SpeechToTextOptions Options(SpeechCall call, string model = "ear") => new SpeechToTextOptions { ModelId = model }.WithCall(call with { Provider = "a" });

    private async Task<SpeechToTextResponse> HearAsync(CacheInstance cache, SpeechCall? call = null, int tone = 1, string model = "ear")
    {
        await using var recording = await RecordAsync(tone);
        return await cache.Hearing.GetTextAsync(recording, Options(call ?? new(), model), TestContext.Current.CancellationToken);
    }

    private async Task<InspectedAudio> RecordAsync(int seconds) => await lab.Inspector.InspectAsync(
        new MemoryStream(AudioSamples.Wav(AudioSamples.Tone(seconds, 16_000), 16_000)), 1_000_000, TestContext.Current.CancellationToken);
}
