using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace VoiceFunctions.Functions;

/// <summary>Liveness: the process answers. What it depends on is <see cref="HealthReady"/>'s to ask.</summary>
public sealed class Health
{
    private static readonly byte[] Alive = "{\"status\":\"ok\"}"u8.ToArray();

    [Function(nameof(Health))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request) =>
        TypedResults.Bytes(Alive, "application/json; charset=utf-8");
}
