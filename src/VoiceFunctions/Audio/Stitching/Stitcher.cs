namespace VoiceFunctions.Audio.Stitching;

/// <summary>Puts the audio of chunks together, sample by sample, and encodes it once.</summary>
internal sealed class Stitcher
{
    private readonly int _block = 64 * 1024;

    public async Task<StitchedAudio> StitchAsync(
        IReadOnlyList<ChunkAudio> chunks, AudioFormat format, int sampleRate, Stream destination, CancellationToken cancellationToken)
    {
        if (format != AudioFormat.Wav)
        {
            throw new AudioException(AudioFailure.UnsupportedFormat, "Only WAV can be put together here.");
        }

        var samples = new long[chunks.Count];
        for (var chunk = 0; chunk < samples.Length; chunk++)
        {
            await using var audio = await chunks[chunk].OpenAsync(cancellationToken);
            samples[chunk] = (audio.Length - Wav.HeaderBytes) / sizeof(short);
        }

        var header = new byte[Wav.HeaderBytes];
        Wav.WriteHeader(header, sampleRate, samples.Sum() * sizeof(short));
        await destination.WriteAsync(header, cancellationToken);
        foreach (var chunk in chunks)
        {
            await using var audio = await chunk.OpenAsync(cancellationToken);
            audio.Position = Wav.HeaderBytes;
            await audio.CopyToAsync(destination, _block, cancellationToken);
        }

        return new StitchedAudio(samples, sampleRate, Wav.HeaderBytes + (samples.Sum() * sizeof(short)));
    }
}
