using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Google;

public static class GoogleServiceCollectionExtensions
{
    /// <summary>Adds Google Cloud as a <see cref="SpeechProvider"/>; without credentials in section <c>Google</c> it is listed and never called.</summary>
    public static IServiceCollection AddGoogle(this IServiceCollection services)
    {
        services.AddOptions<GoogleOptions>().BindConfiguration(GoogleOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GoogleOptions>, GoogleOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GoogleAccessTokens>();
        services.TryAddTransient<GoogleAuthorizationHandler>();
        services.AddHttpClient(GoogleProvider.HttpClient)
            // Time-outs belong to the layer above; a redirect would carry the key to another host.
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            // Its loggers write headers at trace level: masked in the message, bare in the structured state that exporters send.
            .RemoveAllLoggers()
            .AddHttpMessageHandler<GoogleAuthorizationHandler>();
        return services.AddSingleton(Create);
    }

    private static SpeechProvider Create(IServiceProvider services)
    {
        var provider = new SpeechProvider(GoogleProvider.Name) { SynthesisModels = GoogleModels.Synthesis, RecognitionModels = GoogleModels.Recognition };
        var options = services.GetRequiredService<IOptions<GoogleOptions>>().Value;
        return options.IsConfigured
            ? provider with
            {
                Variant = $"{options.SynthesisEndpoint}\n{options.RecognitionEndpoint}",
                TextToSpeech = ActivatorUtilities.CreateInstance<GoogleTextToSpeechClient>(services),
                SpeechToText = ActivatorUtilities.CreateInstance<GoogleSpeechToTextClient>(services),
                Probe = cancellationToken => ProbeAsync(services, cancellationToken),
            }
            : provider with { Unconfigured = "Google:ApiKey is not set." };
    }

    /// <summary>Lists the voices of one language, which Google does not bill.</summary>
    private static async Task ProbeAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var address = GoogleProvider.Address(services.GetRequiredService<IOptions<GoogleOptions>>().Value.SynthesisEndpoint, "v1/voices?languageCode=en-US");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await ProviderHttp.SendAsync(
            services.GetRequiredService<IHttpClientFactory>().CreateClient(GoogleProvider.HttpClient),
            GoogleProvider.Name,
            request,
            services.GetRequiredService<TimeProvider>(),
            cancellationToken);
    }
}
