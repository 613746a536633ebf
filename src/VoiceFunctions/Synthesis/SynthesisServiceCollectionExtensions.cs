using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Caching;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Security.Budgets;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Synthesis;

internal static class SynthesisServiceCollectionExtensions
{
    /// <summary>The way of a short text to speech, outermost first. Below the fallback a call goes to one target.</summary>
    public static IServiceCollection AddTextToSpeech(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SynthesisFlow(
            provider.GetRequiredService<ITextToSpeechClient>(), provider.GetRequiredService<SynthesisPlanner>(), provider.GetRequiredService<TimeProvider>()));
        services.AddTextToSpeechClient(provider => ActivatorUtilities.CreateInstance<ProviderTextToSpeechClient>(provider))
            .UseUsageMetering()
            .UseBudget()
            .UseFallback()
            .UseSpeechCache()
            .UseResilience()
            .Use((inner, provider) => ActivatorUtilities.CreateInstance<ConformingTextToSpeechClient>(provider, inner));
        return services;
    }
}
