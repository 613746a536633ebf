using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Offline;

public static class OfflineServiceCollectionExtensions
{
    /// <summary>The provider <c>offline</c>, configured by section <c>Offline</c>. Needs what <c>AddAudio</c> registers.</summary>
    public static IServiceCollection AddOffline(this IServiceCollection services)
    {
        services.AddOptions<OfflineOptions>().BindConfiguration(OfflineOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OfflineOptions>, OfflineOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OfflineProbe>();

        // Takes a tenth of a second of a cold start, most of it to start espeak-ng and ask it for its voices; a factory cannot await.
        services.AddSingleton(provider => provider.GetRequiredService<OfflineProbe>().RunAsync(CancellationToken.None).GetAwaiter().GetResult());
        services.AddSingleton<OfflineEngines>();
        services.AddSingleton(provider => provider.GetRequiredService<OfflineEngines>().Provider);
        services.AddHostedService(provider =>
            ActivatorUtilities.CreateInstance<OfflineStartup>(provider, provider.GetRequiredService<OfflineEngines>().Provider));
        return services;
    }
}
