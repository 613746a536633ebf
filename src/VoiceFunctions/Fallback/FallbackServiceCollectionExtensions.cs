using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Fallback;

internal static class FallbackServiceCollectionExtensions
{
    public static IServiceCollection AddFallback(this IServiceCollection services)
    {
        services.AddOptions<FallbackOptions>().BindConfiguration(FallbackOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FallbackOptions>, FallbackOptionsValidator>();
        services.AddSingleton<IValidateOptions<FallbackOptions>, FallbackNamesValidator>();
        services.AddSingleton<FallbackLoop>();
        services.AddSingleton<VoiceProfiles>();
        services.AddSingleton<ProviderOrder>();
        services.AddSingleton<SynthesisPlanner>();
        services.AddSingleton<RecognitionPlanner>();
        return services;
    }
}
