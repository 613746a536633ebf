using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Usage;

internal static class UsageServiceCollectionExtensions
{
    /// <summary>Adding up what calls took, storing it, and reporting it; configured by section <c>Usage</c>.</summary>
    public static IServiceCollection AddUsageMetering(this IServiceCollection services)
    {
        services.AddOptions<UsageOptions>().BindConfiguration(UsageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UsageOptions>, UsageOptionsValidator>();
        services.AddMetrics();
        services.AddSingleton<UsageInstruments>();
        services.AddSingleton<UsageAggregator>();
        services.AddSingleton<UsageMeter>();
        services.AddSingleton<UsageTable>();
        services.AddSingleton<MonthlySpending>();
        services.AddHostedService<UsageFlusher>();
        services.AddSingleton<UsageReader>();
        services.AddSingleton(provider => new UsageFlow(provider.GetRequiredService<UsageReader>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
