using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Functions;

public sealed class GetJobResult(JobFlow flow)
{
    [Function(nameof(GetJobResult))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/jobs/{id}/results/{name}")] HttpRequest request,
        string id,
        string name,
        CancellationToken cancellationToken) =>
        flow.GetResultAsync(request, id, name, cancellationToken);
}
