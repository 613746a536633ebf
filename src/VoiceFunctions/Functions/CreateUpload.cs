using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Functions;

public sealed class CreateUpload(UploadFlow flow)
{
    [Function(nameof(CreateUpload))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/uploads")] HttpRequest request, CancellationToken cancellationToken) =>
        flow.RunAsync(request, cancellationToken);
}
