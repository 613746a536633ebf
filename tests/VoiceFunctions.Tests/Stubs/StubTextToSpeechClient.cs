using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Stubs;

/// <summary>Answers as the test scripts it, call by call; a call that nothing is scripted for throws.</summary>
internal sealed class StubTextToSpeechClient : ITextToSpeechClient
{
    private readonly Queue<Func<TextToSpeechOptions, CancellationToken, Task<TextToSpeechResponse>>> _script = [];

    public List<(string Text, TextToSpeechOptions Options)> Calls { get; } = [];

    public StubTextToSpeechClient Then(Func<TextToSpeechOptions, CancellationToken, Task<TextToSpeechResponse>> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public StubTextToSpeechClient ThenSpeaks(byte[]? audio = null, Func<SpeechOutcome, SpeechOutcome>? with = null) =>
        Then((options, _) => Task.FromResult(Response(options, audio, with)));

    public StubTextToSpeechClient ThenFails(ProviderFailureKind kind, TimeSpan? retryAfter = null) => Then((options, _) =>
    {
        var provider = options.GetCall().Provider!;
        throw new ProviderException(provider, kind, $"{kind} scripted.")
        {
            RetryAfter = retryAfter,
            Attempts = [new SpeechAttempt(provider, options.ModelId, kind.Name(), $"{kind} scripted.", 0.1)],
        };
    });

    public static TextToSpeechResponse Response(TextToSpeechOptions options, byte[]? audio = null, Func<SpeechOutcome, SpeechOutcome>? with = null)
    {
        var provider = options.GetCall().Provider!;
        var outcome = new SpeechOutcome
        {
            Provider = provider,
            Model = options.ModelId!,
            Voice = options.VoiceId,
            Format = AudioFormats.Parse(options.AudioFormat),
            Attempts = [new SpeechAttempt(provider, options.ModelId, "ok", Detail: null, 0.1)],
        };
        return new TextToSpeechResponse([new DataContent(audio ?? [1, 2, 3], "audio/wav")]).WithOutcome(with is null ? outcome : with(outcome));
    }

    public Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls.Add((text, options!));
        return _script.TryDequeue(out var answer)
            ? answer(options!, cancellationToken)
            : throw new InvalidOperationException($"Nothing is scripted for call {Calls.Count}.");
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
