using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Functions;

public sealed class ListJobs(JobFlow flow)
{
    [Function(nameof(ListJobs))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/jobs")] HttpRequest request, CancellationToken cancellationToken) =>
        flow.ListAsync(request, cancellationToken);
}
