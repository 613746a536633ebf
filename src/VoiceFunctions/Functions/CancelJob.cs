using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Functions;

public sealed class CancelJob(JobFlow flow)
{
    [Function(nameof(CancelJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/jobs/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        flow.CancelAsync(request, id, client, cancellationToken);
}
