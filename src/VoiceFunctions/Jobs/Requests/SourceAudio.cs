using VoiceFunctions.Audio;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>Looks at the first bytes of what a job is to recognise. Whether the rest is whole shows when the job decodes it.</summary>
internal sealed class SourceAudio(JobBlobs blobs, AudioCapabilities capabilities)
{
    /// <exception cref="AudioException">It is no audio, or of a kind that cannot be read here.</exception>
    public async Task DemandAsync(BlobReference audio, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenReadAsync(audio, cancellationToken, AudioContainerDetector.HeadBytes);
        switch (await AudioSources.DetectAsync(stream, cancellationToken))
        {
            case AudioContainer.Unknown:
                throw new AudioException(AudioFailure.Undecodable, "The bytes are not audio of a kind that is known here.");
            case not AudioContainer.Wav when !capabilities.CanDecodeCompressed:
                throw new AudioException(AudioFailure.UnsupportedFormat, "Only uncompressed WAV can be read here.");
            default:
                return;
        }
    }
}
