using Azure.Core;
using Azure.Core.Pipeline;

namespace EmbeddedFunctions.Tests.Blobs;

/// <summary>Makes the service answer listings in pages of three, so that a few blobs make many pages.</summary>
internal sealed class SmallPages : HttpPipelineSynchronousPolicy
{
    private int _listings;

    public int Listings => _listings;

    public void AddTo(ClientOptions options) => options.AddPolicy(this, HttpPipelinePosition.PerCall);

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Uri.Query.Contains("comp=list", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _listings);
            message.Request.Uri.AppendQuery("maxresults", "3");
        }
    }
}
