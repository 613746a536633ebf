using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Caching;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Security.Budgets;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Transcription;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Jobs.Chunks;

internal static class ChunkPipeline
{
    /// <summary>The key of the clients that chunks go through.</summary>
    public const string Key = "chunks";

    /// <summary>
    /// The way of a chunk, outermost first: that of a short call without the fallback and the retries, which are the orchestration's. What is stored does not
    /// wait for a turn.
    /// </summary>
    public static IServiceCollection AddChunkPipeline(this IServiceCollection services)
    {
        services.AddSingleton<ProviderTurns>();
        services.AddKeyedTextToSpeechClient(Key, provider => ActivatorUtilities.CreateInstance<ProviderTextToSpeechClient>(provider))
            .UseUsageMetering()
            .UseBudget()
            .UseSpeechCache()
            .Use((inner, provider) => ActivatorUtilities.CreateInstance<TurnTakingTextToSpeechClient>(provider, inner))
            .UseResilience()
            .Use((inner, provider) => ActivatorUtilities.CreateInstance<ConformingTextToSpeechClient>(provider, inner));
        services.AddKeyedSpeechToTextClient(Key, provider => ActivatorUtilities.CreateInstance<ProviderSpeechToTextClient>(provider))
            .UseUsageMetering()
            .UseBudget()
            .UseSpeechCache()
            .Use((inner, provider) => ActivatorUtilities.CreateInstance<TurnTakingSpeechToTextClient>(provider, inner))
            .UseResilience()
            .Use((inner, provider) => ActivatorUtilities.CreateInstance<ConformingSpeechToTextClient>(provider, inner));
        return services;
    }
}
