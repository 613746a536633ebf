using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

internal static partial class CachingServiceCollectionExtensions
{
    /// <summary>What <c>UseSpeechCache</c> needs. Results are kept in the app's storage account, or where none is configured in memory alone.</summary>
    public static IServiceCollection AddSpeechCache(this IServiceCollection services)
    {
        services.AddOptions<SpeechCacheOptions>().BindConfiguration(SpeechCacheOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SpeechCacheOptions>, SpeechCacheOptionsValidator>();
        services.AddMetrics();
        services.AddSingleton<SpeechMemory>();
        services.AddSingleton<SpeechCacheMetrics>();
        services.AddSingleton<SpeechFlights>();
        services.AddSingleton(Storage);
        services.AddSingleton(Store);
        services.AddSingleton(provider => new SpeechEviction(
            provider.GetRequiredService<CacheStorage>(),
            provider.GetRequiredService<SpeechCacheMetrics>(),
            provider.GetRequiredService<IOptions<SpeechCacheOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SpeechEviction>>()));
        services.AddSingleton<StoreBreaker>();
        services.AddKeyedSingleton<StoreBreaker>(StoreBreaker.OfKnown);
        services.AddSingleton<StoreQueue>();
        services.AddSingleton<StoreLookup>();
        services.AddSingleton<SpeechKeeper>();
        services.AddSingleton<SpeechCache>();
        services.AddHostedService<SpeechCacheLifetime>();
        return services;
    }

    private static CacheStorage Storage(IServiceProvider services)
    {
        try
        {
            return new CacheStorage(ActivatorUtilities.CreateInstance<CacheTables>(services));
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            LogNoStorage(services.GetRequiredService<ILogger<CacheStorage>>(), exception.GetType().Name);
            return new CacheStorage(Tables: null);
        }
    }

    private static ISpeechStore Store(IServiceProvider services) => services.GetRequiredService<CacheStorage>().Tables is { } tables
        ? ActivatorUtilities.CreateInstance<TableSpeechStore>(services, tables)
        : new NoSpeechStore();

    [LoggerMessage(LogLevel.Warning, "No storage account is configured, or not rightly ({Exception}): the cache keeps results in memory only.")]
    private static partial void LogNoStorage(ILogger logger, string exception);
}
