using Azure.Core.Serialization;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceFunctions.Jobs.Callbacks;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.DropFolder;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Jobs.Retention;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs;

internal static class JobsServiceCollectionExtensions
{
    /// <summary>Long texts and recordings as durable jobs; configured by section <c>Jobs</c>.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptions<JobOptions>().BindConfiguration(JobOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<JobOptions>, JobOptionsValidator>();
        services.Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer(JobPayloads.Worker));
        services.AddMetrics();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobStore>();
        services.AddKeyedSingleton(StorageClients.Patient, (provider, key) =>
            ActivatorUtilities.CreateInstance<JobStore>(provider, provider.GetRequiredKeyedService<TableServiceClient>(key)));
        services.AddSingleton<JobAgenda>();
        services.AddSingleton<JobBlobs>();
        services.AddSingleton<JobLauncher>();
        services.AddChunks();
        services.AddCallbacks();
        services.AddJobRequests();
        services.AddDropFolder();
        services.AddJobRetention();
        return services;
    }
}
