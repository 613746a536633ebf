using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Functions;

public sealed class CreateTranscriptionJob(TranscriptionJobFlow flow)
{
    [Function(nameof(CreateTranscriptionJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/stt/jobs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        flow.RunAsync(request, client, cancellationToken);
}
