using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Readiness;

namespace VoiceFunctions.Functions;

public sealed class HealthReady(ReadinessCheck check)
{
    [Function(nameof(HealthReady))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request, CancellationToken cancellationToken) =>
        check.RunAsync(cancellationToken);
}
