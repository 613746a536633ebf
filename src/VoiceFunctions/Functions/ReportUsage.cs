using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Functions;

public sealed class ReportUsage(UsageFlow flow)
{
    [Function(nameof(ReportUsage))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/usage")] HttpRequest request, CancellationToken cancellationToken) =>
        flow.RunAsync(request, cancellationToken);
}
