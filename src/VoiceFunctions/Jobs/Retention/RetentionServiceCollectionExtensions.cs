using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Jobs.DropFolder;

namespace VoiceFunctions.Jobs.Retention;

internal static class RetentionServiceCollectionExtensions
{
    /// <summary>Looking after jobs that nobody asks for any more, or that a crash has left.</summary>
    public static IServiceCollection AddJobRetention(this IServiceCollection services)
    {
        services.AddSingleton(provider => new JobSweep(
            provider.GetRequiredService<JobStore>(),
            provider.GetRequiredService<JobAgenda>(),
            provider.GetRequiredService<JobBlobs>(),
            provider.GetRequiredService<JobLauncher>(),
            provider.GetRequiredService<DropOutcomes>(),
            provider.GetRequiredService<IOptions<JobOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<JobSweep>>()));
        services.AddSingleton(provider => new InboxSweep(
            provider.GetRequiredService<JobBlobs>(), provider.GetRequiredService<IOptions<JobOptions>>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
