using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Providers.OpenAI;

public sealed class OpenAIFailureTests : IAsyncLifetime
{
    private readonly OpenAIBench _bench = new();

    public static TheoryData<string, string, int?> Faults { get; } = new()
    {
        { "401", "Unauthorized", null },
        { "403", "Unauthorized", null },
        { "400", "InvalidRequest", null },
        { "302", "Unavailable", null },
        { "408", "Timeout", null },
        { "429", "RateLimited", null },
        { "429 seconds", "RateLimited", 7_000 },
        { "429 date", "RateLimited", 90_000 },
        { "429 milliseconds", "RateLimited", 250 },
        { "429 funds", "Unauthorized", null },
        { "500", "Unavailable", null },
        { "503", "Unavailable", null },
        { "reset", "Unavailable", null },
        { "reset in body", "Unavailable", null },
        { "empty", "BadResult", null },
        { "malformed", "BadResult", null },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task GetAudio_WithAFault_ThrowsItsKindAfterOneTry(string fault, string kind, int? retryAfter) =>
        await FailsAsync(() => _bench.Speech.GetAudioAsync("the secret text", new TextToSpeechOptions { AudioFormat = "pcm" }, Token), fault, kind, retryAfter);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task GetText_WithAFault_ThrowsItsKindAfterOneTry(string fault, string kind, int? retryAfter) => await FailsAsync(HearAsync, fault, kind, retryAfter);

    [Theory]
    [InlineData("401", "Unauthorized")]
    [InlineData("503", "Unavailable")]
    [InlineData("reset", "Unavailable")]
    public async Task Probe_WithAFault_ThrowsItsKind(string fault, string kind) => await FailsAsync(() => _bench.Provider.Probe!(Token), fault, kind, null);

    [Fact]
    public async Task Probe_OfAServerInHealth_AsksForTheModels()
    {
        await _bench.Provider.Probe!(Token);

        Assert.Equal(("GET", "/v1/models"), (_bench.Server.Request.Method, _bench.Server.Request.Path));
    }

    [Fact]
    public async Task GetAudio_OnAClosedPort_IsUnavailable()
    {
        using var closed = new ClosedPort();
        await using var bench = new OpenAIBench(closed.Endpoint);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => bench.Speech.GetAudioAsync("Hello", null, Token));

        Assert.Equal(ProviderFailureKind.Unavailable, failure.Kind);
        Assert.Equal("The connection failed (ConnectionError).", failure.Message);
    }

    [Fact]
    public async Task GetAudio_CancelledWhileHanging_PassesTheCancellationOn()
    {
        var hang = Fault.Hang();
        _bench.Server.Enqueue(hang);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var call = _bench.Speech.GetAudioAsync("Hello", null, leave.Token);
        await _bench.Server.ArrivalAsync(Token);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await hang.ClientLeft.WaitAsync(Token);
        Assert.Equal(1, _bench.Server.Count);
    }

    [Fact]
    public async Task GetText_CancelledInTheBody_PassesTheCancellationOn()
    {
        using var drip = Fault.SlowDrip(10);
        _bench.Server.Enqueue(drip);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var audio = new MemoryStream(AudioSamples.SilentWav(1, 16_000));

        var call = _bench.Recognition.GetTextAsync(audio, new SpeechToTextOptions().WithCall(new SpeechCall { Container = AudioContainer.Wav }), leave.Token);
        await _bench.Server.ArrivalAsync(Token);
        drip.Release();
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task GetAudio_InDrips_GivesTheWholeAudio()
    {
        using var drip = Fault.SlowDrip(4096);
        _bench.Server.Enqueue(drip);

        var call = _bench.Speech.GetAudioAsync("Hello", new TextToSpeechOptions { AudioFormat = "pcm" }, Token);
        await _bench.Server.ArrivalAsync(Token);
        Assert.False(call.IsCompleted);
        drip.ReleaseAll();

        Assert.Equal(AudioSamples.Speak("Hello", "pcm", 24_000, silent: false), (await call).GetAudio().ToArray());
    }

    private async Task<SpeechToTextResponse> HearAsync()
    {
        using var audio = new MemoryStream(AudioSamples.SilentWav(1, 16_000));
        return await _bench.Recognition.GetTextAsync(audio, new SpeechToTextOptions().WithCall(new SpeechCall { Container = AudioContainer.Wav }), Token);
    }

    private async Task FailsAsync(Func<Task> call, string fault, string kind, int? retryAfter)
    {
        _bench.Server.Enqueue(NamedFault.Of(fault, _bench.Time));

        var failure = await Assert.ThrowsAsync<ProviderException>(call);

        Assert.Equal(kind, failure.Kind.ToString());
        Assert.Equal("openai", failure.Provider);
        Assert.Equal(retryAfter, failure.RetryAfter?.TotalMilliseconds);
        Assert.Equal(1, _bench.Server.Count);
        Assert.DoesNotContain(_bench.Server.ApiKey, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }
}
