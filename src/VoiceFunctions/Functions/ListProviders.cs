using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Discovery;

namespace VoiceFunctions.Functions;

public sealed class ListProviders(ProviderDirectory directory)
{
    [Function(nameof(ListProviders))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/providers")] HttpRequest request) => directory.Describe();
}
