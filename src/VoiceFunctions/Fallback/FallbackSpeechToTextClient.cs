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
                target => InnerClient.GetTextAsync(recording.Share(), Resolve(options, recording, target, share: null), cancellationToken));
        }

        var (response, attempts) = await loop.RunAsync(
            plan,
            (target, share, token) => InnerClient.GetTextAsync(recording.Share(), Resolve(options, recording, target, share), token),
            made => made.GetOutcome(),
            (next, refused) => CanDoMore(next, refused, recording),
            call.Deadline,
            cancellationToken);
        var outcome = response.GetOutcome();
        return response.WithOutcome(outcome with { Attempts = attempts, CostUsd = AttemptCosts.Total(outcome.CostUsd, attempts) });
    }

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);

    private static bool CanDoMore(RecognitionTarget next, RecognitionTarget refused, InspectedAudio recording) =>
        next.Model.Containers.Contains(recording.Container) && !refused.Model.Containers.Contains(recording.Container);

    private static SpeechToTextOptions Resolve(SpeechToTextOptions asked, InspectedAudio recording, RecognitionTarget target, TimeSpan? share)
    {
        var options = asked.Clone();
        options.ModelId = target.Model.Id;
        options.SpeechLanguage = target.Language;
        var call = asked.GetCall();
        return options.WithCall(call with
        {
            Provider = target.Provider.Name,
            Providers = [],
            AttemptTimeout = share,
            Prompt = target.Model.Prompt ? call.Prompt : null,
            Container = recording.Container,
            AudioSeconds = recording.Duration.TotalSeconds,
        });
    }
}
