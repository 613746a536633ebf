using Microsoft.Extensions.AI;
using VoiceFunctions.Caching;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Plans a synthesis and hands it to one target after the other until one has made it. What it passes on names the target and leaves nothing open.</summary>
internal sealed class FallbackTextToSpeechClient(ITextToSpeechClient inner, SynthesisPlanner planner, FallbackLoop loop) : DelegatingTextToSpeechClient(inner)
{
    private readonly CachingTextToSpeechClient? _cache = inner.GetService<CachingTextToSpeechClient>();

    public override async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TextToSpeechOptions();
        var call = options.GetCall();
        var targets = planner.Targets(text, options);
        // Before anything is prepared for the case that it is not there.
        if (_cache?.Recall(text, targets.First().Resolve(options, share: null)) is { } atHand)
        {
            return atHand;
        }

        SynthesisTarget[] plan = [.. targets];
        if (call.Cache == CacheMode.Only)
        {
            return await plan.FirstStoredAsync(target => InnerClient.GetAudioAsync(text, target.Resolve(options, share: null), cancellationToken));
        }

        var (response, attempts) = await loop.RunAsync(
            plan,
            (target, share, token) => InnerClient.GetAudioAsync(text, target.Resolve(options, share), token),
            made => made.GetOutcome(),
            (next, refused) => next.CanDoMoreThan(refused, call),
            call.Deadline,
            cancellationToken);
        var outcome = response.GetOutcome();
        return response.WithOutcome(outcome with { Attempts = attempts, CostUsd = AttemptCosts.Total(outcome.CostUsd, attempts) });
    }

    // Once a caller has heard the first of one voice, another cannot take over, so a fallback can only stream what is whole.
    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);
}
