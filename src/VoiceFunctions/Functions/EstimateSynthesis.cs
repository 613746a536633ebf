using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Synthesis;

namespace VoiceFunctions.Functions;

public sealed class EstimateSynthesis(SynthesisFlow flow)
{
    [Function(nameof(EstimateSynthesis))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tts/estimate")] HttpRequest request, CancellationToken cancellationToken) =>
        flow.EstimateAsync(request, cancellationToken);
}
