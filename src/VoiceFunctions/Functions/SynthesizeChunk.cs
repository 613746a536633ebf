using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class SynthesizeChunk(SynthesisChunks chunks)
{
    [Function(nameof(SynthesizeChunk))]
    public Task<ChunkOutcome> RunAsync([ActivityTrigger] ChunkCall call, CancellationToken cancellationToken) => chunks.MakeAsync(call, cancellationToken);
}
