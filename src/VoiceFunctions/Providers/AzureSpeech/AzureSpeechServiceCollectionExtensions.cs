using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>Registers the provider <c>azure</c>.</summary>
public static class AzureSpeechServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="SpeechProvider"/>, configured by the section <c>AzureSpeech</c>; without credentials it is listed and never tried. A
    /// <see cref="TokenCredential"/> among the services goes before the managed identity of the options.
    /// </summary>
    public static IServiceCollection AddAzureSpeech(this IServiceCollection services)
    {
        services.AddOptions<AzureSpeechOptions>().BindConfiguration(AzureSpeechOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AzureSpeechOptions>, AzureSpeechOptionsValidator>();
        services.AddSingleton<IValidateOptions<AzureSpeechOptions>, AzureSpeechCredentialsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(AzureSpeechProvider.Name, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                // Required by the service.
                client.DefaultRequestHeaders.UserAgent.ParseAdd("VoiceFunctions/1.0");
            })
            // The client lives as long as the app, so its connections must be renewed to follow the name service. A redirect would carry the key away.
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.AllowAutoRedirect = false;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Its loggers write headers at trace level: masked in the message, bare in the structured state that exporters send.
            .RemoveAllLoggers();
        return services.AddSingleton(provider => AzureSpeechProvider.Create(
            provider.GetRequiredService<IOptions<AzureSpeechOptions>>().Value,
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<TokenCredential>()));
    }
}
