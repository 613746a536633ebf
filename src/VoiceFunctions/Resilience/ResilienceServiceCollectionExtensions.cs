using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Resilience;

internal static class ResilienceServiceCollectionExtensions
{
    public static IServiceCollection AddResilience(this IServiceCollection services)
    {
        services.AddOptions<ResilienceOptions>().BindConfiguration(ResilienceOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ResilienceOptions>, ResilienceOptionsValidator>();
        services.AddSingleton<ProviderMetrics>();
        services.AddSingleton<ProviderPipelines>();
        return services;
    }
}
