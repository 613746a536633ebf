using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Functions;

public sealed class GetJob(JobFlow flow)
{
    [Function(nameof(GetJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/jobs/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        flow.GetAsync(request, id, cancellationToken);
}
