using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Functions;

public sealed class TranscribeSpeech(TranscriptionFlow flow)
{
    [Function(nameof(TranscribeSpeech))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/stt")] HttpRequest request, CancellationToken cancellationToken) =>
        flow.RunAsync(request, cancellationToken);
}
