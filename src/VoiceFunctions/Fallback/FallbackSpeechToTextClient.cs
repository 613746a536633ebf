using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Plans a recognition and hands it to one target after the other until one has made it. What it passes on names the target and leaves nothing open.</summary>
internal sealed class FallbackSpeechToTextClient(ISpeechToTextClient inner, RecognitionPlanner planner, TimeProvider time) : DelegatingSpeechToTextClient(inner)
{
    public override async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        // The plan depends on how long the recording is and what it is packed in, which only an inspection tells.
        var recording = audioSpeechStream as InspectedAudio
            ?? throw new ArgumentException($"The stream must be an {nameof(InspectedAudio)}.", nameof(audioSpeechStream));
        options ??= new SpeechToTextOptions();
        var run = new FallbackRun(time);
        var cache = options.GetCall().Cache;
        foreach (var target in planner.Plan(recording, options).UnlessOnlyCached(cache))
        {
            recording.Position = 0;
            var response = await run.TryAsync(
                target.Provider.Name, target.Model.Id, token => InnerClient.GetTextAsync(recording, Resolve(options, recording, target), token), cancellationToken);
            if (response is not null)
            {
                var outcome = response.GetOutcome();
                return response.WithOutcome(outcome with { Attempts = run.Attempts, Cache = cache == CacheMode.Bypass ? CacheOutcome.Bypass : outcome.Cache });
            }
        }

        throw run.Exhausted();
    }

    public override async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetTextAsync(audioSpeechStream, options, cancellationToken)).ToSpeechToTextResponseUpdates())
        {
            yield return update;
        }
    }

    private static SpeechToTextOptions Resolve(SpeechToTextOptions asked, InspectedAudio recording, RecognitionTarget target)
    {
        var options = asked.Clone();
        options.ModelId = target.Model.Id;
        options.SpeechLanguage = target.Language;
        var call = asked.GetCall();
        return options.WithCall(call with
        {
            Provider = target.Provider.Name,
            Providers = [],
            Prompt = target.Model.Prompt ? call.Prompt : null,
            Container = recording.Container,
            AudioSeconds = recording.Duration.TotalSeconds,
        });
    }
}
