using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Discovery;

namespace VoiceFunctions.Functions;

public sealed class ListVoices(VoiceDirectory directory)
{
    [Function(nameof(ListVoices))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/voices")] HttpRequest request) => directory.Describe();
}
