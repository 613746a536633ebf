using System.Net;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>The caller's audio as a part of a form. It is left open, for it may be read again for the next try.</summary>
internal sealed class AzureAudioContent(Stream audio) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => audio.CopyToAsync(stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        audio.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = audio.CanSeek ? audio.Length - audio.Position : 0;
        return audio.CanSeek;
    }
}
