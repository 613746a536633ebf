using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Functions;

public sealed class EstimateTranscription(TranscriptionFlow flow)
{
    [Function(nameof(EstimateTranscription))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/stt/estimate")] HttpRequest request, CancellationToken cancellationToken) =>
        flow.EstimateAsync(request, cancellationToken);
}
