using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Caching;

/// <summary>Serves a synthesis that is stored for the target that the call names, and stores one that is made.</summary>
internal sealed class CachingTextToSpeechClient(ITextToSpeechClient inner, SpeechCache cache, ProviderCatalog catalog, TimeProvider time) : DelegatingTextToSpeechClient(inner)
{
    public override async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TextToSpeechOptions();
        var call = options.GetCall();
        var spoken = SpeechText.Normalize(text, call.Ssml);
        var fields = call.Cache == CacheMode.Bypass ? null : SynthesisKeyFields.Of(spoken, options, catalog.Find(call.Provider!)!.Variant);
        if (fields is null)
        {
            cache.Pass(call, SpeechOperation.Synthesis);
            var passed = await InnerClient.GetAudioAsync(spoken, options, cancellationToken);
            return passed.WithOutcome(passed.GetOutcome() with { Cache = CacheOutcome.Bypass });
        }

        var query = new SpeechQuery(fields.ToKey(), SpeechOperation.Synthesis, call, options.ModelId, TimingKinds.None);
        return Response(await cache.GetAsync(query, () => new SpeechMaking((mine, stop) => MakeAsync(spoken, options, mine, stop)), cancellationToken));
    }

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);

    private async Task<MadeSpeech> MakeAsync(string text, TextToSpeechOptions options, SpeechCall call, CancellationToken cancellationToken)
    {
        var response = await InnerClient.GetAudioAsync(text, options.Clone().WithCall(call), cancellationToken);
        var outcome = response.GetOutcome();
        var audio = response.Contents.OfType<DataContent>().First();
        return new MadeSpeech(CachedSpeech.OfAudio(call.Tenant, outcome, audio.Data, audio.MediaType, time.GetUtcNow()), outcome.Attempts);
    }

    private static TextToSpeechResponse Response(SpeechAnswer answer) =>
        new TextToSpeechResponse([new DataContent(answer.Speech.Content, answer.Speech.MediaType!)]) { ModelId = answer.Speech.Outcome.Model }.WithOutcome(answer.ToOutcome());
}
