using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class ReadChunks(JobManifests manifests)
{
    [Function(nameof(ReadChunks))]
    public Task<IReadOnlyList<JobChunk>> RunAsync([ActivityTrigger] ChunkList list, CancellationToken cancellationToken) => manifests.ReadAsync(list, cancellationToken);
}
