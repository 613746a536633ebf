using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Stubs;

/// <summary>Answers as the test scripts it, call by call, and keeps what it was given to hear; a call that nothing is scripted for throws.</summary>
internal sealed class StubSpeechToTextClient : ISpeechToTextClient
{
    private readonly Queue<Func<SpeechToTextOptions, CancellationToken, Task<SpeechToTextResponse>>> _script = [];

    public List<(byte[] Audio, SpeechToTextOptions Options)> Calls { get; } = [];

    public StubSpeechToTextClient Then(Func<SpeechToTextOptions, CancellationToken, Task<SpeechToTextResponse>> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public StubSpeechToTextClient ThenHears(string text, Func<SpeechOutcome, SpeechOutcome>? with = null) => Then((options, _) =>
    {
        var provider = options.GetCall().Provider!;
        var outcome = new SpeechOutcome
        {
            Provider = provider,
            Model = options.ModelId!,
            Attempts = [new SpeechAttempt(provider, options.ModelId, "ok", Detail: null, 0.1)],
        };
        return Task.FromResult(new SpeechToTextResponse(text).WithOutcome(with is null ? outcome : with(outcome)));
    });

    public StubSpeechToTextClient ThenFails(ProviderFailureKind kind, TimeSpan? retryAfter = null) => Then((options, _) =>
    {
        var provider = options.GetCall().Provider!;
        throw new ProviderException(provider, kind, $"{kind} scripted.")
        {
            RetryAfter = retryAfter,
            Attempts = [new SpeechAttempt(provider, options.ModelId, kind.Name(), $"{kind} scripted.", 0.1)],
        };
    });

    public async Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var heard = new MemoryStream();
        await audioSpeechStream.CopyToAsync(heard, cancellationToken);
        Calls.Add((heard.ToArray(), options!));
        return _script.TryDequeue(out var answer)
            ? await answer(options!, cancellationToken)
            : throw new InvalidOperationException($"Nothing is scripted for call {Calls.Count}.");
    }

    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
