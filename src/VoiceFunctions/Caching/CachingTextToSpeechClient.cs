using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Caching;

/// <summary>Serves a synthesis that is stored for the target that the call names, and stores one that is made.</summary>
internal sealed class CachingTextToSpeechClient(ITextToSpeechClient inner, SpeechCache cache, ProviderCatalog catalog, TimeProvider time) : DelegatingTextToSpeechClient(inner)
{
    /// <summary>The result for the target that the options name, if it is at hand in this process.</summary>
    public TextToSpeechResponse? Recall(string text, TextToSpeechOptions options) =>
        Query(SpeechText.Normalize(text, options.GetCall().Ssml), options) is { } query && cache.Recall(query) is { } answer ? Response(answer) : null;

    public override async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TextToSpeechOptions();
        var call = options.GetCall();
        var spoken = SpeechText.Normalize(text, call.Ssml);
        if (Query(spoken, options) is not { } query)
        {
            cache.Pass(call, SpeechOperation.Synthesis);
            var passed = await InnerClient.GetAudioAsync(spoken, options, cancellationToken);
            return passed.WithOutcome(passed.GetOutcome() with { Cache = CacheOutcome.Bypass });
        }

        return Response(await cache.GetAsync(query, () => new SpeechMaking((mine, stop) => MakeAsync(spoken, options, mine, stop)), cancellationToken));
    }

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);

    /// <summary>What is wanted; <see langword="null"/> when the call must go past the cache.</summary>
    private SpeechQuery? Query(string spoken, TextToSpeechOptions options)
    {
        var call = options.GetCall();
        return call.Cache != CacheMode.Bypass && SynthesisKeyFields.Of(spoken, options, catalog.Find(call.Provider!)!.Variant) is { } fields
            ? new SpeechQuery(fields.ToKey(), SpeechOperation.Synthesis, call, options.ModelId, TimingKinds.None)
            : null;
    }

    private async Task<MadeSpeech> MakeAsync(string text, TextToSpeechOptions options, SpeechCall call, CancellationToken cancellationToken)
    {
        var response = await InnerClient.GetAudioAsync(text, options.Clone().WithCall(call), cancellationToken);
        var outcome = response.GetOutcome();
        var audio = response.Contents.OfType<DataContent>().First();
        return new MadeSpeech(CachedSpeech.OfAudio(call.Tenant, outcome with { MadeFor = call.Chunk }, audio.Data, audio.MediaType, time.GetUtcNow()), outcome.Attempts);
    }

    private static TextToSpeechResponse Response(SpeechAnswer answer) =>
        new TextToSpeechResponse([new DataContent(answer.Speech.Content, answer.Speech.MediaType!)]) { ModelId = answer.Speech.Outcome.Model }.WithOutcome(answer.ToOutcome());
}
