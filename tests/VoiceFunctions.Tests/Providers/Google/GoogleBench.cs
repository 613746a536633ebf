using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Google;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Providers.Google;

/// <summary>The provider as the app registers it, pointed at the loopback.</summary>
internal sealed class GoogleBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public GoogleBench(params (string Key, string? Value)[] settings)
    {
        Server.Audio = (text, format, rate, silent) =>
            format is "wav" ? AudioSamples.Speak(text, format, rate, silent) : System.Text.Encoding.UTF8.GetBytes($"{format}:{text}");
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Google:ApiKey"] = LoopbackGoogle.ApiKey,
            ["Google:SynthesisEndpoint"] = Server.Endpoint.AbsoluteUri,
            ["Google:RecognitionEndpoint"] = Server.Endpoint.AbsoluteUri,
        };
        foreach (var (key, value) in settings)
        {
            values[$"Google:{key}"] = value;
        }

        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddSingleton<TimeProvider>(Time)
            .AddLogging(logging => logging.AddFakeLogging().SetMinimumLevel(LogLevel.Trace))
            .AddGoogle()
            .BuildServiceProvider();
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public LoopbackGoogle Server { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>All that was logged, at every level.</summary>
    public string Log => string.Join('\n', _services.GetFakeLogCollector().GetSnapshot().Select(record => $"{record} {string.Join(' ', record.StructuredState ?? [])} {record.Exception}"));

    public SpeechProvider Provider => _services.GetRequiredService<SpeechProvider>();

    public Task<TextToSpeechResponse> SpeakAsync(string text, TextToSpeechOptions? options = null, SpeechCall? call = null, CancellationToken? token = null) =>
        Provider.TextToSpeech!.GetAudioAsync(text, (options ?? Voice()).WithCall(call ?? new()), token ?? Token);

    public async Task<SpeechToTextResponse> HearAsync(SpeechToTextOptions? options = null, SpeechCall? call = null, byte[]? audio = null)
    {
        using var stream = new MemoryStream(audio ?? AudioSamples.Wav(AudioSamples.Tone(1, 16_000), 16_000));
        return await Provider.SpeechToText!.GetTextAsync(
            stream, (options ?? Heard()).WithCall(call ?? new() { Container = AudioContainer.Wav }), Token);
    }

    public static TextToSpeechOptions Voice(string voice = "en-US-Neural2-C", string model = "neural2", string format = "wav") =>
        new() { ModelId = model, VoiceId = voice, AudioFormat = format, Language = "en-US" };

    public static SpeechToTextOptions Heard(string? language = "en-US", string model = "default") => new() { ModelId = model, SpeechLanguage = language };

    /// <summary>Runs what must fail, and sees to it that the failure tells no secret and no text.</summary>
    public static async Task<ProviderException> FailsAsync(Func<Task> act, ProviderFailureKind kind)
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(act);
        Assert.Equal(kind, failure.Kind);
        Assert.Equal("google", failure.Provider);
        Assert.DoesNotContain(LoopbackGoogle.ApiKey, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(LoopbackGoogle.AccessToken, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
