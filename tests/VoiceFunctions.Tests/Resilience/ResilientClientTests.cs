using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Resilience;

public sealed class ResilientClientTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StubTextToSpeechClient _speaker = new();
    private readonly StubSpeechToTextClient _listener = new();

    public void Dispose()
    {
        _speaker.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task GetAudioAsync_Attempts_ReplaceThoseOfTheAdapter()
    {
        using var client = Speaker(new());
        _speaker.ThenFails(ProviderFailureKind.RateLimited, TimeSpan.Zero).ThenSpeaks();

        var response = await client.GetAudioAsync("Hello.", Options(), TestContext.Current.CancellationToken);

        Assert.Equal(["rate_limited", "ok"], response.GetOutcome().Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal("a-model", response.GetOutcome().Attempts[0].Model);
    }

    [Fact]
    public async Task GetAudioAsync_LongText_HasLonger()
    {
        using var client = Speaker(new() { AttemptTimeout = TimeSpan.FromSeconds(10), TimeoutPerCharacter = TimeSpan.FromMilliseconds(10) });
        _speaker.Then(HangAsync);
        var running = client.GetAudioAsync(new string('a', 1000), Options(), TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(ProviderFailureKind.Timeout, (await Assert.ThrowsAsync<ProviderException>(() => running)).Kind);
    }

    [Fact]
    public async Task GetTextAsync_SecondAttempt_HearsItFromTheBeginning()
    {
        using var client = Listener(new());
        _listener.ThenFails(ProviderFailureKind.RateLimited, TimeSpan.Zero).ThenHears("hello");
        using var audio = new MemoryStream([1, 2, 3]) { Position = 2 };

        var response = await client.GetTextAsync(audio, Heard(), TestContext.Current.CancellationToken);

        Assert.Equal("hello", response.Text);
        Assert.Equal([1, 2, 3], _listener.Calls[0].Audio);
        Assert.Equal([1, 2, 3], _listener.Calls[1].Audio);
        Assert.Equal(["rate_limited", "ok"], response.GetOutcome().Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task GetTextAsync_LongRecording_HasLonger()
    {
        using var client = Listener(new() { AttemptTimeout = TimeSpan.FromSeconds(10), TimeoutPerAudioSecond = 0.5 });
        _listener.Then(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new SpeechToTextResponse("never");
        });
        using var audio = new MemoryStream([1]);
        var options = Heard();
        var running = client.GetTextAsync(audio, options.WithCall(options.GetCall() with { AudioSeconds = 60 }), TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(39.9));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(ProviderFailureKind.Timeout, (await Assert.ThrowsAsync<ProviderException>(() => running)).Kind);
    }

    private static async Task<TextToSpeechResponse> HangAsync(TextToSpeechOptions options, CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return new TextToSpeechResponse();
    }

    private static TextToSpeechOptions Options() => new TextToSpeechOptions { ModelId = "a-model", AudioFormat = "wav" }.WithCall(new() { Provider = "a" });

    private static SpeechToTextOptions Heard() => new SpeechToTextOptions { ModelId = "a-model" }.WithCall(new() { Provider = "a" });

    private ResilientTextToSpeechClient Speaker(ResilienceOptions options) => new(_speaker, Pipelines(options), Microsoft.Extensions.Options.Options.Create(options));

    private ResilientSpeechToTextClient Listener(ResilienceOptions options) => new(_listener, Pipelines(options), Microsoft.Extensions.Options.Options.Create(options));

    private ProviderPipelines Pipelines(ResilienceOptions options) =>
        new(TestCatalog.Of(TestCatalog.Speaker("a")), Microsoft.Extensions.Options.Options.Create(options), PipelineBench.Metrics, _time, Microsoft.Extensions.Logging.Abstractions.NullLogger<ProviderPipeline>.Instance);
}
