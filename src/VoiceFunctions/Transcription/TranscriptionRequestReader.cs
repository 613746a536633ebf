using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Transcription;

/// <summary>Takes the recording and its parameters out of a request, be the body the audio itself or a form. The recording goes to disk as it arrives.</summary>
internal sealed class TranscriptionRequestReader(AudioInspector inspector)
{
    /// <summary>Bytes of audio on the short route: 25 MB, OpenAI's limit too.</summary>
    public const long MaxAudio = 25 * 1024 * 1024;

    /// <summary>Bytes of a request: the audio, and what a form puts around it.</summary>
    public const long MaxBody = MaxAudio + (1024 * 1024);

    private const string FileField = "file";
    private const int MaxFieldBytes = 16 * 1024;
    private const int MaxFields = 32;
    private const int MaxBoundary = 128;

    /// <summary>The caller owns the recording.</summary>
    /// <exception cref="ProblemException">A parameter is wrong, the body is empty or too large.</exception>
    /// <exception cref="AudioException">The body is not audio.</exception>
    public async Task<(TranscriptionRequest Request, InspectedAudio Recording)> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var query = http.Query.AsEnumerable();
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type))
        {
            // Without a type the content alone decides, as it does with one.
            return (TranscriptionParameters.Parse(query), await InspectAsync(http.Body, http.ContentLength, cancellationToken));
        }

        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadFormAsync(http, type, query, cancellationToken);
        }

        return IsMedia(type)
            ? (TranscriptionParameters.Parse(query), await InspectAsync(http.Body, http.ContentLength, cancellationToken))
            : throw new ProblemException(
                ProblemKind.UnsupportedFormat, "Send the audio as the body with 'Content-Type: audio/*', or as the field 'file' of a multipart/form-data form.");
    }

    private static bool IsMedia(MediaTypeHeaderValue type) =>
        type.Type.Equals("audio", StringComparison.OrdinalIgnoreCase)
        || type.Type.Equals("video", StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals("application/ogg", StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);

    private async Task<(TranscriptionRequest Request, InspectedAudio Recording)> ReadFormAsync(
        HttpRequest http, MediaTypeHeaderValue type, IEnumerable<KeyValuePair<string, StringValues>> query, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundary)
        {
            throw new ProblemException(ProblemKind.InvalidRequest, "The form has no boundary, or a far too long one.");
        }

        var reader = new MultipartReader(boundary, http.Body);
        var fields = query.ToList();
        InspectedAudio? recording = null;
        try
        {
            while (await ReadSectionAsync(reader, cancellationToken) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || disposition.Name.Length == 0)
                {
                    throw new ProblemException(ProblemKind.InvalidRequest, "A part of the form has no name.");
                }

                var body = new FormPartStream(section.Body);
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value!;
                if (name == FileField)
                {
                    recording = recording is null
                        ? await InspectAsync(body, length: null, cancellationToken)
                        : throw ProblemException.InvalidField(FileField, "is given twice.");
                }
                else if (fields.Count >= MaxFields)
                {
                    throw new ProblemException(ProblemKind.InvalidRequest, $"The form has more than {MaxFields} fields.");
                }
                else
                {
                    fields.Add(new(name, await ReadFieldAsync(name, body, cancellationToken)));
                }
            }

            if (recording is null)
            {
                throw ProblemException.InvalidField(FileField, "is required.");
            }

            var parameters = fields.GroupBy(field => field.Key).Select(group =>
                new KeyValuePair<string, StringValues>(group.Key, group.Aggregate(StringValues.Empty, (all, field) => StringValues.Concat(all, field.Value))));
            var result = (TranscriptionParameters.Parse(parameters), recording);
            recording = null;
            return result;
        }
        finally
        {
            if (recording is not null)
            {
                await recording.DisposeAsync();
            }
        }
    }

    private static async Task<MultipartSection?> ReadSectionAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception exception) when (FormPartStream.IsBroken(exception))
        {
            throw FormPartStream.Broken(exception);
        }
    }

    private static async Task<string> ReadFieldAsync(string name, Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxFieldBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxFieldBytes
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : throw ProblemException.InvalidField(name, $"must have at most {MaxFieldBytes} bytes.");
    }

    private async Task<InspectedAudio> InspectAsync(Stream body, long? length, CancellationToken cancellationToken)
    {
        if (length > MaxAudio)
        {
            throw TooLarge();
        }

        try
        {
            return await inspector.InspectAsync(body, MaxAudio, cancellationToken);
        }
        catch (AudioTooLargeException)
        {
            throw TooLarge();
        }
        catch (AudioException exception) when (exception.Failure == AudioFailure.Empty)
        {
            throw new ProblemException(ProblemKind.InvalidRequest, "The body is empty. Send the audio.", exception);
        }
    }

    private static ProblemException TooLarge() => new(
        ProblemKind.PayloadTooLarge, $"A short call takes {MaxAudio / (1024 * 1024)} MB of audio. POST /api/stt/jobs takes more.");
}
