using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Resilience;

/// <summary>Runs each recognition through the pipeline of the provider that it names.</summary>
internal sealed class ResilientSpeechToTextClient(ISpeechToTextClient inner, ProviderPipelines pipelines, IOptions<ResilienceOptions> settings)
    : DelegatingSpeechToTextClient(inner)
{
    public override async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        var timeout = settings.Value.Timeout(call, TimeSpan.FromSeconds(call.AudioSeconds.GetValueOrDefault() * settings.Value.TimeoutPerAudioSecond));
        var (response, attempts) = await pipelines.For(call.Provider!, SpeechOperation.Recognition).RunAsync(
            options!.ModelId!,
            timeout,
            call.Job is not null,
            token =>
            {
                // An attempt before this one may have read some of it.
                audioSpeechStream.Position = 0;
                return InnerClient.GetTextAsync(audioSpeechStream, options, token);
            },
            cancellationToken);
        return response.WithOutcome(response.GetOutcome() with { Attempts = attempts });
    }
}
