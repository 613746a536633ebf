using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Resilience;

/// <summary>Runs each synthesis through the pipeline of the provider that it names.</summary>
internal sealed class ResilientTextToSpeechClient(ITextToSpeechClient inner, ProviderPipelines pipelines, IOptions<ResilienceOptions> settings)
    : DelegatingTextToSpeechClient(inner)
{
    public override async Task<TextToSpeechResponse> GetAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        var timeout = settings.Value.Timeout(call, text.Length * settings.Value.TimeoutPerCharacter);
        var (response, attempts) = await pipelines.For(call.Provider!, SpeechOperation.Synthesis)
            .RunAsync(options!.ModelId!, timeout, call.Job is not null, token => InnerClient.GetAudioAsync(text, options, token), cancellationToken);
        return response.WithOutcome(response.GetOutcome() with { Attempts = attempts });
    }
}
