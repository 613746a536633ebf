using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Plans a recognition and hands it to one target after the other until one has made it. What it passes on names the target and leaves nothing open.</summary>
internal sealed class FallbackSpeechToTextClient(ISpeechToTextClient inner, RecognitionPlanner planner, FallbackLoop loop) : DelegatingSpeechToTextClient(inner)
{
    public override async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        // The plan depends on how long the recording is and what it is packed in, which only an inspection tells.
        var recording = audioSpeechStream as InspectedAudio
            ?? throw new ArgumentException($"The stream must be an {nameof(InspectedAudio)}.", nameof(audioSpeechStream));
        options ??= new SpeechToTextOptions();
        var call = options.GetCall();
        var plan = planner.Plan(recording, options);
        if (call.Cache == CacheMode.Only)
        {
            return await plan.FirstStoredAsync(
                target => InnerClient.GetTextAsync(recording.Share(), target.Resolve(options, recording, share: null), cancellationToken));
        }

        var (response, attempts) = await loop.RunAsync(
            plan,
            (target, share, token) => InnerClient.GetTextAsync(recording.Share(), target.Resolve(options, recording, share), token),
            made => made.GetOutcome(),
            (next, refused) => next.CanDoMoreThan(refused, recording.Container),
            call.Deadline,
            cancellationToken);
        var outcome = response.GetOutcome();
        return response.WithOutcome(outcome with { Attempts = attempts, CostUsd = AttemptCosts.Total(outcome.CostUsd, attempts) });
    }

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);
}
