using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Transcription;

/// <summary>Takes audio and named values out of a request, be the body the audio itself or a form. The audio is received as it arrives and never held whole.</summary>
internal static class AudioRequest
{
    private const string FileField = "file";
    private const int MaxFieldBytes = 16 * 1024;
    private const int MaxFields = 32;
    private const int MaxBoundary = 128;

    /// <summary>The caller owns the audio.</summary>
    /// <param name="http">The request.</param>
    /// <param name="parse">Reads the named values, as soon as all of them are there: before the audio where they are in the query alone.</param>
    /// <param name="receive">Reads the audio to its end; with its length, where the sender told it.</param>
    /// <param name="cancellationToken">Ends the wait for the sender.</param>
    /// <exception cref="ProblemException">The body is neither audio nor a form with audio in it, or what is called has thrown it.</exception>
    public static async Task<(TRequest Request, TAudio Audio)> ReadAsync<TRequest, TAudio>(
        HttpRequest http,
        Func<IEnumerable<KeyValuePair<string, StringValues>>, TRequest> parse,
        Func<Stream, long?, CancellationToken, Task<TAudio>> receive,
        CancellationToken cancellationToken)
        where TAudio : class, IAsyncDisposable
    {
        // Without a type the content alone decides, as it does with one.
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type) || IsMedia(type))
        {
            var request = parse(http.Query);
            return (request, await receive(http.Body, http.ContentLength, cancellationToken));
        }

        return type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? await ReadFormAsync(http, type, parse, receive, cancellationToken)
            : throw new ProblemException(
                ProblemKind.UnsupportedFormat, "Send the audio as the body with 'Content-Type: audio/*', or as the field 'file' of a multipart/form-data form.");
    }

    private static bool IsMedia(MediaTypeHeaderValue type) =>
        type.Type.Equals("audio", StringComparison.OrdinalIgnoreCase)
        || type.Type.Equals("video", StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals("application/ogg", StringComparison.OrdinalIgnoreCase)
        || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);

    private static async Task<(TRequest Request, TAudio Audio)> ReadFormAsync<TRequest, TAudio>(
        HttpRequest http,
        MediaTypeHeaderValue type,
        Func<IEnumerable<KeyValuePair<string, StringValues>>, TRequest> parse,
        Func<Stream, long?, CancellationToken, Task<TAudio>> receive,
        CancellationToken cancellationToken)
        where TAudio : class, IAsyncDisposable
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundary)
        {
            throw new ProblemException(ProblemKind.InvalidRequest, "The form has no boundary, or a far too long one.");
        }

        var reader = new MultipartReader(boundary, http.Body);
        var fields = http.Query.ToList();
        TAudio? audio = null;
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
                    audio = audio is null ? await receive(body, null, cancellationToken) : throw ProblemException.InvalidField(FileField, "is given twice.");
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

            if (audio is null)
            {
                throw ProblemException.InvalidField(FileField, "is required.");
            }

            var parameters = fields.GroupBy(field => field.Key).Select(group =>
                new KeyValuePair<string, StringValues>(group.Key, group.Aggregate(StringValues.Empty, (all, field) => StringValues.Concat(all, field.Value))));
            var result = (parse(parameters), audio);
            audio = null;
            return result;
        }
        finally
        {
            if (audio is not null)
            {
                await audio.DisposeAsync();
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
}
