using Microsoft.Extensions.AI;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Caching;

/// <summary>A provider for many callers at the same time: counts its calls and answers as the test says.</summary>
internal sealed class StubSpeaker : ITextToSpeechClient
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Completed with the first call.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when a call was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the answer. Default: three bytes at once, for 0.01 dollars.</summary>
    public Func<string, TextToSpeechOptions, CancellationToken, Task<TextToSpeechResponse>> Answer { get; set; } = (_, options, _) => Task.FromResult(Response(options));

    public static TextToSpeechResponse Response(TextToSpeechOptions options, byte[]? audio = null, decimal? cost = 0.01m) =>
        StubTextToSpeechClient.Response(options, audio, outcome => outcome with { CostUsd = cost, SampleRate = 24_000, Duration = 1.5 });

    /// <summary>Makes every call wait, until it is let go or cancelled.</summary>
    public TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = Answer;
        Answer = async (text, options, token) =>
        {
            await gate.Task.WaitAsync(token);
            return await answer(text, options, token);
        };
        return gate;
    }

    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        Called.TrySetResult();
        try
        {
            return await Answer(text, options!, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled.TrySetResult();
            throw;
        }
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
