using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Synthesis;

namespace VoiceFunctions.Functions;

public sealed class SynthesizeSpeech(SynthesisFlow flow)
{
    [Function(nameof(SynthesizeSpeech))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tts")] HttpRequest request, CancellationToken cancellationToken) =>
        flow.RunAsync(request, cancellationToken);
}
