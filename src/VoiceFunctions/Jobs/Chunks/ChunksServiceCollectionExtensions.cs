using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Audio.Stitching;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.DropFolder;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Chunks;

internal static class ChunksServiceCollectionExtensions
{
    /// <summary>What the orchestrations of jobs have done for them, in the order in which they ask for it.</summary>
    public static IServiceCollection AddChunks(this IServiceCollection services)
    {
        services.AddOptions<ChunkOptions>().BindConfiguration(ChunkOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ChunkOptions>, ChunkOptionsValidator>();
        services.AddChunkPipeline();
        services.AddSingleton<JobWatch>();
        services.AddSingleton<ChunkStore>();
        services.AddSingleton<ChunkAttempt>();
        services.AddSingleton<ResultFiles>();
        services.AddSingleton(provider => new JobReports(provider.GetRequiredService<JobStore>()));
        services.AddSingleton(provider => new SynthesisPlanning(
            provider.GetRequiredService<JobWatch>(),
            provider.GetRequiredService<JobReports>(),
            provider.GetRequiredService<JobBlobs>(),
            provider.GetRequiredService<ChunkStore>(),
            provider.GetRequiredService<SynthesisPlanner>()));
        services.AddSingleton(provider => new JobManifests(provider.GetRequiredService<ChunkStore>()));
        services.AddSingleton(provider => new SynthesisChunks(
            provider.GetRequiredKeyedService<ITextToSpeechClient>(ChunkPipeline.Key),
            provider.GetRequiredService<ChunkAttempt>(),
            provider.GetRequiredService<ChunkStore>(),
            provider.GetRequiredService<ProviderCatalog>()));
        services.AddSingleton(provider => new SpeechStitching(
            provider.GetRequiredService<JobWatch>(),
            provider.GetRequiredService<JobReports>(),
            provider.GetRequiredService<ChunkStore>(),
            provider.GetRequiredService<ResultFiles>(),
            provider.GetRequiredService<AudioStitcher>()));
        services.AddSingleton(provider => new TranscriptionPlanning(
            provider.GetRequiredService<JobWatch>(),
            provider.GetRequiredService<JobReports>(),
            provider.GetRequiredService<JobBlobs>(),
            provider.GetRequiredService<ChunkStore>(),
            provider.GetRequiredService<RecognitionPlanner>(),
            provider.GetRequiredService<RecordingSplitter>(),
            provider.GetRequiredService<IOptions<ChunkOptions>>()));
        services.AddSingleton(provider => new TranscriptionChunks(
            provider.GetRequiredKeyedService<ISpeechToTextClient>(ChunkPipeline.Key),
            provider.GetRequiredService<ChunkAttempt>(),
            provider.GetRequiredService<ChunkStore>(),
            provider.GetRequiredService<AudioInspector>(),
            provider.GetRequiredService<ProviderCatalog>()));
        services.AddSingleton(provider => new TranscriptMerging(
            provider.GetRequiredService<JobWatch>(),
            provider.GetRequiredService<JobReports>(),
            provider.GetRequiredService<ChunkStore>(),
            provider.GetRequiredService<ResultFiles>()));
        services.AddSingleton(provider => new JobEnding(
            provider.GetRequiredService<JobStore>(),
            provider.GetRequiredService<JobBlobs>(),
            provider.GetRequiredService<JobWatch>(),
            provider.GetRequiredService<JobReports>(),
            provider.GetRequiredService<DropOutcomes>(),
            provider.GetRequiredService<ILogger<JobEnding>>()));
        return services;
    }
}
