using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Providers;

internal static class ProviderServiceCollectionExtensions
{
    /// <summary>The catalog of what the providers register, in the order in which they do.</summary>
    public static IServiceCollection AddProviders(this IServiceCollection services) => services.AddSingleton<ProviderCatalog>();
}
