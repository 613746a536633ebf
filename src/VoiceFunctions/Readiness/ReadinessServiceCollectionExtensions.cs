using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Readiness;

internal static class ReadinessServiceCollectionExtensions
{
    /// <summary>What tells about the app itself: what it can do, and whether it can do it now.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<ProviderDirectory>();
        services.AddSingleton<VoiceDirectory>();
        services.AddSingleton<StorageProbe>();
        services.AddSingleton<ReadinessCheck>();
        return services;
    }
}
