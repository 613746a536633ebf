using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>Lets a caller put one file into the inbox, for what is too large to pass through HTTP: an address that creates this blob and nothing else, for an hour.</summary>
public sealed class UploadFlow
{
    private const int MaxBody = 16 * 1024;
    private const int MaxName = 200;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Clocks differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly BlobServiceClient _service;
    private readonly TimeProvider _time;

    internal UploadFlow(BlobServiceClient service, TimeProvider time) => (_service, _time) = (service, time);

    public async Task<IResult> RunAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(http, _time, cancellationToken);
        return await deadline.RunAsync(token => StorageDemand.RunAsync(() => CreateAsync(http, token), token));
    }

    private async Task<IResult> CreateAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var request = await JsonBody.ReadAsync(http, ApiJson.Wire.UploadRequest, MaxBody, TooLarge, cancellationToken);
        Check(request);
        var now = _time.GetUtcNow();
        var name = InboxName.New(Caller.Of(http.HttpContext).Tenant, now, request.Name!);
        var inbox = _service.GetBlobContainerClient(JobBlobs.InboxContainer);
        // Every time: an address that leads nowhere, because storage is away, is of no use.
        await inbox.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var expiresAt = now + Lifetime;
        var document = new UploadDocument(InboxName.Reference(name), await SignAsync(inbox.GetBlobClient(name), now, expiresAt, cancellationToken), expiresAt);
        return TypedResults.Json(document, ApiJson.Wire.UploadDocument, statusCode: StatusCodes.Status201Created);
    }

    private async Task<Uri> SignAsync(BlobClient blob, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var sas = new BlobSasBuilder(BlobSasPermissions.Create, expiresAt)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = now - Skew,
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        if (blob.CanGenerateSasUri)
        {
            return blob.GenerateSasUri(sas);
        }

        // With an identity there is no account key; storage lends one to who may ask for it.
        var key = await _service.GetUserDelegationKeyAsync(now - Skew, expiresAt, cancellationToken);
        return new BlobUriBuilder(blob.Uri) { Sas = sas.ToSasQueryParameters(key.Value, _service.AccountName) }.ToUri();
    }

    private static void Check(UploadRequest request)
    {
        var errors = new FieldErrors();
        errors.AddIf(string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > MaxName, "name", $"is required and must have at most {MaxName} characters.");
        errors.AddIf(request.MediaType is { } type && !MediaTypeHeaderValue.TryParse(type, out _), "mediaType", "must be a media type such as audio/mpeg.");
        errors.ThrowIfAny();
        if (request.MediaType is { } given && !IsTaken(MediaTypeHeaderValue.Parse(given)))
        {
            throw new ProblemException(ProblemKind.UnsupportedFormat, "Jobs are made of audio and of text: mediaType must be audio/*, video/*, text/*, application/ogg, application/ssml+xml or application/octet-stream.");
        }
    }

    private static bool IsTaken(MediaTypeHeaderValue type) =>
        type.Type.Value?.ToLowerInvariant() is "audio" or "video" or "text"
        || type.MediaType.Value?.ToLowerInvariant() is "application/ogg" or "application/ssml+xml" or "application/octet-stream";

    private static ProblemException TooLarge() => new(ProblemKind.PayloadTooLarge, "The body names the file and does not hold it. PUT it to the 'uploadUrl' of the answer.");
}
