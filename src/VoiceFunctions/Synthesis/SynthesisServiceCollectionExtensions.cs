using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

internal static class SynthesisServiceCollectionExtensions
{
    /// <summary>The way of a short text to speech, outermost first. Below the fallback a call goes to one target.</summary>
    public static IServiceCollection AddTextToSpeech(this IServiceCollection services)
    {
        services.AddSingleton<SynthesisFlow>();
        services.AddTextToSpeechClient(provider => ActivatorUtilities.CreateInstance<ProviderTextToSpeechClient>(provider))
            .UseFallback()
            .Use((inner, provider) => ActivatorUtilities.CreateInstance<ConformingTextToSpeechClient>(provider, inner));
        return services;
    }
}
