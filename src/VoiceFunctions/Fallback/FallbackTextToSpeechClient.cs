using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Plans a synthesis and hands it to one target after the other until one has made it. What it passes on names the target and leaves nothing open.</summary>
internal sealed class FallbackTextToSpeechClient(ITextToSpeechClient inner, SynthesisPlanner planner, TimeProvider time) : DelegatingTextToSpeechClient(inner)
{
    public override async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TextToSpeechOptions();
        var run = new FallbackRun(time);
        var cache = options.GetCall().Cache;
        foreach (var target in planner.Plan(text, options).UnlessOnlyCached(cache))
        {
            var response = await run.TryAsync(
                target.Provider.Name, target.Model.Id, token => InnerClient.GetAudioAsync(text, Resolve(options, target), token), cancellationToken);
            if (response is not null)
            {
                var outcome = response.GetOutcome();
                return response.WithOutcome(outcome with { Attempts = run.Attempts, Cache = cache == CacheMode.Bypass ? CacheOutcome.Bypass : outcome.Cache });
            }
        }

        throw run.Exhausted();
    }

    public override async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Once a caller has heard the first of one voice, another cannot take over, so a fallback can only stream what is whole.
        foreach (var update in (await GetAudioAsync(text, options, cancellationToken)).ToTextToSpeechResponseUpdates())
        {
            yield return update;
        }
    }

    private static TextToSpeechOptions Resolve(TextToSpeechOptions asked, SynthesisTarget target)
    {
        var options = asked.Clone();
        options.ModelId = target.Model.Id;
        options.VoiceId = target.Voice.Id;
        options.Language = target.Language;
        options.AudioFormat = AudioFormats.Name(target.Format);
        options.Speed = target.Speed;
        var call = asked.GetCall();
        return options.WithCall(call with
        {
            Provider = target.Provider.Name,
            Providers = [],
            SampleRate = target.SampleRate,
            Instructions = target.Model.Instructions ? call.Instructions : null,
        });
    }
}
