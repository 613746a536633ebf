using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Fallback;

namespace VoiceFunctions.Jobs.Requests;

internal static class JobRequestsServiceCollectionExtensions
{
    /// <summary>The HTTP side of jobs.</summary>
    public static IServiceCollection AddJobRequests(this IServiceCollection services)
    {
        services.AddSingleton<JobIntake>();
        services.AddSingleton<InboxBlobs>();
        services.AddSingleton<SourceAudio>();
        services.AddSingleton<SynthesisJobReader>();
        services.AddSingleton<TranscriptionJobReader>();

        // Their constructors take internal types, which a public one could not.
        services.AddSingleton(provider => new SynthesisJobFlow(
            provider.GetRequiredService<JobIntake>(),
            provider.GetRequiredService<SynthesisJobReader>(),
            provider.GetRequiredService<SynthesisPlanner>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TranscriptionJobFlow(
            provider.GetRequiredService<JobIntake>(),
            provider.GetRequiredService<TranscriptionJobReader>(),
            provider.GetRequiredService<RecognitionPlanner>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new UploadFlow(provider.GetRequiredService<BlobServiceClient>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new JobFlow(
            provider.GetRequiredService<JobStore>(),
            provider.GetRequiredService<JobBlobs>(),
            provider.GetRequiredService<JobLauncher>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
