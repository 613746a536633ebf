using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Jobs.DropFolder;

internal static class DropFolderServiceCollectionExtensions
{
    /// <summary>Jobs out of files that somebody puts into a container.</summary>
    public static IServiceCollection AddDropFolder(this IServiceCollection services)
    {
        services.AddSingleton<DropOutcomes>();
        services.AddHostedService<DropFolderContainer>();
        services.AddSingleton(provider => new DroppedFiles(
            provider.GetRequiredService<JobStore>(),
            provider.GetRequiredService<JobLauncher>(),
            provider.GetRequiredService<JobBlobs>(),
            provider.GetRequiredService<DropOutcomes>(),
            provider.GetRequiredService<SourceAudio>(),
            provider.GetRequiredService<SynthesisPlanner>(),
            provider.GetRequiredService<RecognitionPlanner>(),
            provider.GetRequiredService<IOptions<JobOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DroppedFiles>>()));
        return services;
    }
}
