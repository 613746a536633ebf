using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class MergeTranscripts(TranscriptMerging merging)
{
    [Function(nameof(MergeTranscripts))]
    public Task<StitchEnd> RunAsync([ActivityTrigger] StitchCall call, CancellationToken cancellationToken) => merging.MergeAsync(call, cancellationToken);
}
