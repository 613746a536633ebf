using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Caching;

/// <summary>
/// Serves a recognition that is stored for the target that the call names, and stores one that is made. Segment times come at no price, so they are asked for
/// where the model measures them, whatever this caller needs; word times cost time, so a result gets them when somebody needs them.
/// </summary>
internal sealed class CachingSpeechToTextClient(ISpeechToTextClient inner, SpeechCache cache, ProviderCatalog catalog, TimeProvider time) : DelegatingSpeechToTextClient(inner)
{
    public override async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var recording = (InspectedAudio)audioSpeechStream;
        options ??= new SpeechToTextOptions();
        var call = options.GetCall();
        var provider = catalog.Find(call.Provider!)!;
        var fields = call.Cache == CacheMode.Bypass ? null : RecognitionKeyFields.Of(recording.ContentHash, options, provider.Variant);
        if (fields is null)
        {
            cache.Pass(call, SpeechOperation.Recognition);
            var passed = await InnerClient.GetTextAsync(recording, options, cancellationToken);
            return passed.WithOutcome(passed.GetOutcome() with { Cache = CacheOutcome.Bypass });
        }

        var measured = provider.RecognitionModels.FirstOrDefault(model => model.Id == options.ModelId)?.Timings ?? TimingKinds.None;
        var asked = call.Timings | (measured & TimingKinds.Segment);
        var query = new SpeechQuery(fields.ToKey(), SpeechOperation.Recognition, call, options.ModelId, asked);
        return Response(await cache.GetAsync(query, Begin, cancellationToken));

        SpeechMaking Begin()
        {
            var held = recording.Hold();
            return new SpeechMaking((mine, stop) => MakeAsync(held, options, mine with { Timings = asked }, stop), held);
        }
    }

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);

    private async Task<MadeSpeech> MakeAsync(InspectedAudio recording, SpeechToTextOptions options, SpeechCall call, CancellationToken cancellationToken)
    {
        var response = await InnerClient.GetTextAsync(recording, options.Clone().WithCall(call), cancellationToken);
        var outcome = response.GetOutcome();
        return new MadeSpeech(CachedSpeech.OfTranscript(call.Tenant, outcome with { MadeFor = call.Chunk }, response.Text, time.GetUtcNow()), outcome.Attempts);
    }

    private static SpeechToTextResponse Response(SpeechAnswer answer) =>
        new SpeechToTextResponse(answer.Speech.Transcript!.Text) { ModelId = answer.Speech.Outcome.Model }.WithOutcome(answer.ToOutcome());
}
