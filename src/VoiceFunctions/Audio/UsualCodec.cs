namespace VoiceFunctions.Audio;

/// <summary>
/// Whether a container holds what a service means that says it takes that container: 16-bit mono samples in WAV, Opus in Ogg. Much else fits into both,
/// and a service that is sent it refuses it at best.
/// </summary>
internal static class UsualCodec
{
    private const int OggHead = 64;

    public static async Task<bool> IsInAsync(InspectedAudio recording, CancellationToken cancellationToken)
    {
        recording.Position = 0;
        try
        {
            return recording.Container switch
            {
                AudioContainer.Wav => await IsPlainAsync(recording, cancellationToken),
                AudioContainer.Ogg => await IsOpusAsync(recording, cancellationToken),
                _ => true,
            };
        }
        finally
        {
            recording.Position = 0;
        }
    }

    private static async Task<bool> IsPlainAsync(InspectedAudio recording, CancellationToken cancellationToken)
    {
        using var reader = await WavReader.OpenAsync(recording, cancellationToken);
        return reader.Format is { Encoding: WavEncoding.Signed16, Channels: 1 };
    }

    /// <summary>The first packet of the first page begins with its name (RFC 7845, section 5.1).</summary>
    private static async Task<bool> IsOpusAsync(InspectedAudio recording, CancellationToken cancellationToken)
    {
        var head = new byte[OggHead];
        var length = await recording.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return head.AsSpan(0, length).IndexOf("OpusHead"u8) >= 0;
    }
}
