using System.ClientModel;
using System.Net.Http.Headers;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>
/// The form of a transcription request, written here because the client's own lacks <c>languages[]</c> and closes the caller's stream. Nothing but the
/// caller disposes the audio: it may be read again for the next try.
/// </summary>
internal sealed class OpenAIForm : BinaryContent
{
    private readonly MultipartFormDataContent _form = [];

    public OpenAIForm(Stream audio, AudioContainer container)
    {
        var (extension, mediaType) = container switch
        {
            AudioContainer.Wav => ("wav", "audio/wav"),
            AudioContainer.Mp3 => ("mp3", "audio/mpeg"),
            AudioContainer.Ogg => ("ogg", "audio/ogg"),
            AudioContainer.Flac => ("flac", "audio/flac"),
            AudioContainer.Mp4 => ("m4a", "audio/mp4"),
            AudioContainer.Matroska => ("webm", "audio/webm"),
            _ => throw new ProviderException(OpenAIProvider.Name, ProviderFailureKind.InvalidRequest, $"Audio in {container} is not taken."),
        };
        var file = new StreamContent(audio);
        file.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        // The server goes by the extension of the name, so a made-up name says what the bytes are.
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"audio.{extension}\"" };
        _form.Add(file);
        // Boundaries are written bare: there are servers that take quotation marks for a part of them.
        var boundary = _form.Headers.ContentType!.Parameters.Single(parameter => parameter.Name == "boundary");
        boundary.Value = boundary.Value!.Trim('"');
        MediaType = _form.Headers.ContentType.ToString();
    }

    public OpenAIForm Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            var content = new StringContent(value);
            content.Headers.ContentType = null;
            content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
            _form.Add(content);
        }

        return this;
    }

    public override bool TryComputeLength(out long length)
    {
        length = _form.Headers.ContentLength ?? 0;
        return length > 0;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellationToken = default) => _form.CopyTo(stream, null, cancellationToken);

    public override Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) => _form.CopyToAsync(stream, cancellationToken);

    public override void Dispose()
    {
        // Disposing the form would close the caller's stream.
    }
}
