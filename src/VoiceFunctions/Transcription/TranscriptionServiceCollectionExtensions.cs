using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Caching;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Security.Budgets;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Transcription;

internal static class TranscriptionServiceCollectionExtensions
{
    /// <summary>The way of a short recording to text, outermost first. Below the fallback a call goes to one target.</summary>
    public static IServiceCollection AddSpeechToText(this IServiceCollection services)
    {
        services.AddSingleton<TranscriptionRequestReader>();
        services.AddSingleton<VoiceActivity>();
        services.AddSingleton<SpeechPresence>();
        services.AddSingleton<RecordingSplitter>();
        services.AddSingleton(provider => new TranscriptionFlow(
            provider.GetRequiredService<ISpeechToTextClient>(),
            provider.GetRequiredService<RecognitionPlanner>(),
            provider.GetRequiredService<TranscriptionRequestReader>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSpeechToTextClient(provider => ActivatorUtilities.CreateInstance<ProviderSpeechToTextClient>(provider))
            .UseUsageMetering()
            .UseBudget()
            .UseFallback()
            .UseSpeechCache()
            .UseResilience()
            .Use((inner, provider) => ActivatorUtilities.CreateInstance<ConformingSpeechToTextClient>(provider, inner));
        return services;
    }
}
