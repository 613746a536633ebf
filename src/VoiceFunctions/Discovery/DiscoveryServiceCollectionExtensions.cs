using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Discovery;

internal static class DiscoveryServiceCollectionExtensions
{
    /// <summary>What tells callers which voices and providers there are.</summary>
    public static IServiceCollection AddDiscovery(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ProviderDirectory(provider.GetRequiredService<ProviderCatalog>(), provider.GetRequiredService<ProviderPipelines>()));
        services.AddSingleton<VoiceDirectory>();
        return services;
    }
}
