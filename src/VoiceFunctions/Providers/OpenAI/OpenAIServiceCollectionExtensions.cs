using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>Registers the provider <c>openai</c>.</summary>
public static class OpenAIServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="SpeechProvider"/>, configured by the section <c>OpenAI</c>; without a key it is listed and never tried.</summary>
    public static IServiceCollection AddOpenAI(this IServiceCollection services)
    {
        services.AddOptions<OpenAIOptions>().BindConfiguration(OpenAIOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OpenAIOptions>, OpenAIOptionsValidator>();
        services.AddSingleton<IValidateOptions<OpenAIOptions>, OpenAIEndpointValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(OpenAIProvider.Name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            // The client lives as long as the app, so its connections must be renewed to follow the name service. A redirect would carry the key away.
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.AllowAutoRedirect = false;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Its loggers write headers at trace level: masked in the message, bare in the structured state that exporters send.
            .RemoveAllLoggers();
        return services.AddSingleton(provider => OpenAIProvider.Create(
            provider.GetRequiredService<IOptions<OpenAIOptions>>().Value,
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
