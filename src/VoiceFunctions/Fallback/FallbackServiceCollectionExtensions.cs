using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Fallback;

internal static class FallbackServiceCollectionExtensions
{
    public static IServiceCollection AddFallback(this IServiceCollection services)
    {
        services.AddOptions<FallbackOptions>().BindConfiguration(FallbackOptions.Section);
        services.AddSingleton<VoiceProfiles>();
        services.AddSingleton<ProviderOrder>();
        services.AddSingleton<SynthesisPlanner>();
        services.AddSingleton<RecognitionPlanner>();
        return services;
    }
}
