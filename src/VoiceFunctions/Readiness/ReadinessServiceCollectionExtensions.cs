using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Readiness;

internal static class ReadinessServiceCollectionExtensions
{
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<StorageProbe>();
        services.AddSingleton(provider => new ReadinessCheck(
            provider.GetRequiredService<ProviderCatalog>(),
            provider.GetRequiredService<ProviderPipelines>(),
            provider.GetRequiredService<StorageProbe>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
