using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class TranscribeChunk(TranscriptionChunks chunks)
{
    [Function(nameof(TranscribeChunk))]
    public Task<ChunkOutcome> RunAsync([ActivityTrigger] ChunkCall call, CancellationToken cancellationToken) => chunks.MakeAsync(call, cancellationToken);
}
