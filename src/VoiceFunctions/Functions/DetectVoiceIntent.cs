using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Intent;

namespace VoiceFunctions.Functions;

public sealed class DetectVoiceIntent(VoiceIntentFlow flow)
{
    [Function(nameof(DetectVoiceIntent))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/intent")] HttpRequest request, CancellationToken cancellationToken) =>
        flow.RunAsync(request, cancellationToken);
}
