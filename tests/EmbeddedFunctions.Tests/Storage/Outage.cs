using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace EmbeddedFunctions.Tests.Storage;

/// <summary>Storage that nothing listens for while a test says so.</summary>
internal sealed class Outage : HttpPipelineSynchronousPolicy
{
    private int _refused;

    /// <summary>Requests fail, as the SDK's transport lets them.</summary>
    public bool IsOn { get; set; }

    public int Refused => _refused;

    /// <summary>For <c>ConfigureStorage</c>: the SDK's own retries are off, so that the runtime's show.</summary>
    public void AddTo(ClientOptions options)
    {
        options.Retry.MaxRetries = 0;
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (IsOn)
        {
            Interlocked.Increment(ref _refused);
            throw new RequestFailedException("The storage is out of order.");
        }
    }
}
