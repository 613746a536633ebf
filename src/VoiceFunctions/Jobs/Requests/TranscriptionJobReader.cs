using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>Takes the parameters of a transcription job out of a request and puts its audio where jobs find it, as it arrives.</summary>
internal sealed class TranscriptionJobReader(JobIntake intake, InboxBlobs inbox, SourceAudio sources)
{
    /// <summary>Bytes of audio that a request takes. A Functions host stops at 100 MB.</summary>
    public const long MaxAudio = 90 * 1024 * 1024;

    /// <summary>Bytes of a request: the audio, and what a form puts around it.</summary>
    public const long MaxBody = MaxAudio + (1024 * 1024);

    /// <summary>Bytes of audio that a job takes.</summary>
    public const long MaxUpload = DecodeLimits.MaxRecordingBytes;

    private const int MaxJson = 64 * 1024;

    /// <param name="http">The request.</param>
    /// <param name="ticket">What is known of it.</param>
    /// <param name="check">Looks at the parameters as soon as they are there, which is before the audio where they stand in the query.</param>
    /// <param name="cancellationToken">Ends the wait for the sender.</param>
    /// <returns>The caller owns the audio.</returns>
    /// <exception cref="ProblemException">A parameter is wrong, or the audio is missing, too large or of no kind that is known here.</exception>
    public async Task<(TranscriptionJobRequest Request, ReceivedAudio Audio)> ReadAsync(
        HttpRequest http, JobTicket ticket, Action<TranscriptionJobRequest> check, CancellationToken cancellationToken)
    {
        if (MediaTypeHeaderValue.TryParse(http.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadNamedAsync(http, ticket, check, cancellationToken);
        }

        try
        {
            return await AudioRequest.ReadAsync(http, Parse, (body, length, token) => ReceiveAsync(ticket, body, length, token), cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }

        TranscriptionJobRequest Parse(IEnumerable<KeyValuePair<string, StringValues>> parameters)
        {
            var request = TranscriptionJobParameters.Parse(parameters, ticket.Caller.Tenant, named: false, IsSecretInAddress(http));
            check(request);
            return request;
        }
    }

    private async Task<(TranscriptionJobRequest Request, ReceivedAudio Audio)> ReadNamedAsync(
        HttpRequest http, JobTicket ticket, Action<TranscriptionJobRequest> check, CancellationToken cancellationToken)
    {
        var fields = await JsonBody.ReadAsync(http, ApiJson.Wire.DictionaryStringJsonElement, MaxJson, TooMuchJson, cancellationToken);
        var request = TranscriptionJobParameters.Parse(
            http.Query.Concat(fields.Where(field => field.Value.ValueKind != JsonValueKind.Null).Select(field => KeyValuePair.Create(field.Key, Values(field.Key, field.Value))))
                .GroupBy(parameter => parameter.Key, (name, values) => KeyValuePair.Create(name, values.Aggregate(StringValues.Empty, (all, one) => StringValues.Concat(all, one.Value)))),
            ticket.Caller.Tenant,
            named: true,
            inAddress: IsSecretInAddress(http));
        check(request);
        if (ticket.Existing is not null)
        {
            return (request, new ReceivedAudio(intake, blob: null, sha256: default));
        }

        var audio = await inbox.FindAsync(InboxName.Parse(request.AudioBlob!, ticket.Caller.Tenant)!, "audioBlob", MaxUpload, TooLargeUpload, cancellationToken);
        await sources.DemandAsync(audio, cancellationToken);
        return (request, new ReceivedAudio(intake, audio, sha256: default));
    }

    private async Task<ReceivedAudio> ReceiveAsync(JobTicket ticket, Stream body, long? length, CancellationToken cancellationToken)
    {
        if (length > MaxAudio)
        {
            throw TooLarge();
        }

        await using var arriving = new ArrivingStream(body, MaxAudio, TooLarge);
        if (ticket.Existing is not null)
        {
            await arriving.CopyToAsync(Stream.Null, cancellationToken);
            return new ReceivedAudio(intake, blob: null, arriving.Sha256());
        }

        var audio = new ReceivedAudio(intake, await intake.KeepSourceAsync(ticket, arriving, "application/octet-stream", cancellationToken), arriving.Sha256());
        try
        {
            if (arriving.Length == 0)
            {
                throw new ProblemException(ProblemKind.InvalidRequest, "The body is empty. Send the audio.");
            }

            await sources.DemandAsync(audio.Blob!, cancellationToken);
            return audio;
        }
        catch
        {
            await audio.DisposeAsync();
            throw;
        }
    }

    private static bool IsSecretInAddress(HttpRequest http) => http.Query.ContainsKey(TranscriptionJobParameters.Secret);

    /// <summary>A JSON value as a query would have it.</summary>
    private static StringValues Values(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text(name, value),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => value.EnumerateArray().Select(item => Text(name, item)).ToArray(),
        _ => throw ProblemException.InvalidField(name, "is not of the right type, or not one of the values allowed."),
    };

    private static string Text(string name, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8; the parser looks at neither.
            throw ProblemException.InvalidField(name, "is not Unicode.");
        }
    }

    private static ProblemException TooMuchJson() => new(ProblemKind.PayloadTooLarge, $"A job that names its audio takes {MaxJson / 1024} KB of JSON.");

    private static ProblemException TooLarge() => new(
        ProblemKind.PayloadTooLarge, $"A request takes {MaxAudio / (1024 * 1024)} MB of audio. POST /api/uploads takes {MaxUpload / (1024 * 1024 * 1024)} GB.");

    public static ProblemException TooLargeUpload() => new(ProblemKind.PayloadTooLarge, $"A job takes {MaxUpload / (1024 * 1024 * 1024)} GB of audio.");
}
