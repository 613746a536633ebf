using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Chunks;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Functions;

public sealed class StitchSpeech(SpeechStitching stitching)
{
    [Function(nameof(StitchSpeech))]
    public Task<StitchEnd> RunAsync([ActivityTrigger] StitchCall call, CancellationToken cancellationToken) => stitching.StitchAsync(call, cancellationToken);
}
