using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace EmbeddedFunctions.Tests.Storage;

/// <summary>Storage that does what it is asked, and whose next answers to writes of some blobs do not come through.</summary>
/// <param name="part">A part of the blobs' names.</param>
internal sealed class LostAnswers(string part) : HttpPipelineSynchronousPolicy
{
    private int _remaining;

    /// <summary>How many are still to be lost.</summary>
    public int Remaining
    {
        get => Volatile.Read(ref _remaining);
        set => Volatile.Write(ref _remaining, value);
    }

    /// <summary>For <c>ConfigureStorage</c>: the SDK's own retries are off, so that the runtime's show.</summary>
    public void AddTo(ClientOptions options)
    {
        options.Retry.MaxRetries = 0;
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Put
            && message.Request.Uri.ToUri().AbsolutePath.Contains(part, StringComparison.Ordinal)
            && message.Response.Status < 300
            && Interlocked.Decrement(ref _remaining) >= 0)
        {
            throw new RequestFailedException("The answer was lost.");
        }
    }
}
