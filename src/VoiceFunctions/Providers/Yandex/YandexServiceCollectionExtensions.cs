using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Yandex;

public static class YandexServiceCollectionExtensions
{
    /// <summary>
    /// Adds Yandex SpeechKit as a <see cref="SpeechProvider"/>; without credentials in section <c>Yandex</c> it is listed and never called. It has no probe:
    /// the API has no call but the two that are billed, and an empty request is billed as a character.
    /// </summary>
    public static IServiceCollection AddYandex(this IServiceCollection services)
    {
        services.AddOptions<YandexOptions>().BindConfiguration(YandexOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<YandexOptions>, YandexOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(YandexProvider.HttpClient)
            // Time-outs belong to the layer above; a redirect could carry the text to another host.
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            // Its loggers write headers at trace level: masked in the message, bare in the structured state that exporters send.
            .RemoveAllLoggers();
        return services.AddSingleton(Create);
    }

    private static SpeechProvider Create(IServiceProvider services)
    {
        var provider = new SpeechProvider(YandexProvider.Name) { SynthesisModels = YandexModels.Synthesis, RecognitionModels = YandexModels.Recognition };
        var options = services.GetRequiredService<IOptions<YandexOptions>>().Value;
        return options.IsConfigured
            ? provider with
            {
                Variant = $"{options.SynthesisEndpoint}\n{options.RecognitionEndpoint}",
                TextToSpeech = ActivatorUtilities.CreateInstance<YandexTextToSpeechClient>(services),
                SpeechToText = ActivatorUtilities.CreateInstance<YandexSpeechToTextClient>(services),
            }
            : provider with { Unconfigured = "Yandex:ApiKey is not set." };
    }
}
