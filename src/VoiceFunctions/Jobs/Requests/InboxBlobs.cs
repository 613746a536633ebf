using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>What callers have put into the inbox.</summary>
internal sealed class InboxBlobs(JobBlobs blobs)
{
    /// <summary>The one version that there will ever be of an upload: a caller can create it and nothing else.</summary>
    /// <exception cref="ProblemException">It is not there, empty or too large.</exception>
    public async Task<BlobReference> FindAsync(string name, string field, long maxBytes, Func<ProblemException> tooLarge, CancellationToken cancellationToken)
    {
        BlobProperties properties;
        try
        {
            properties = await blobs.Inbox.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            throw ProblemException.InvalidField(field, "is not in the inbox: it was not uploaded, or is past its retention.");
        }

        return properties.ContentLength switch
        {
            0 => throw ProblemException.InvalidField(field, "is empty."),
            var length when length > maxBytes => throw tooLarge(),
            var length => new BlobReference(JobBlobs.InboxContainer, name, properties.ETag.ToString(), length),
        };
    }

    /// <inheritdoc cref="FindAsync"/>
    public async Task<byte[]> ReadAsync(string name, string field, int maxBytes, Func<ProblemException> tooLarge, CancellationToken cancellationToken)
    {
        var found = await FindAsync(name, field, maxBytes, tooLarge, cancellationToken);
        await using var stream = await blobs.OpenReadAsync(found, cancellationToken);
        var content = new byte[found.Bytes];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }
}
