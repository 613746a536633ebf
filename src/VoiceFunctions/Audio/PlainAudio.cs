namespace VoiceFunctions.Audio;

/// <summary>Whole files that take no other program to read.</summary>
internal static class PlainAudio
{
    /// <summary>The samples at the file's own rate; <see langword="null"/> when it takes ffmpeg to read it.</summary>
    /// <exception cref="AudioException">The file is cut off or damaged.</exception>
    public static PcmAudio? Decode(EncodedAudio file, CancellationToken cancellationToken) => file.Format switch
    {
        AudioFormat.Pcm => PcmConversion.Parse(file),
        AudioFormat.Wav => Wav.Parse(file.Bytes),
        AudioFormat.Mp3 => PlainMp3.Decode(file, cancellationToken),
        _ => null,
    };

    /// <summary>The same look at a file, without keeping its samples.</summary>
    /// <exception cref="AudioException">The file is cut off or damaged.</exception>
    public static async ValueTask<MeasuredAudio?> MeasureAsync(EncodedAudio file, CancellationToken cancellationToken) => file.Format switch
    {
        AudioFormat.Pcm => PcmConversion.Measure(file),
        AudioFormat.Wav => await Wav.MeasureAsync(file.Bytes, cancellationToken),
        AudioFormat.Mp3 => PlainMp3.Measure(file, cancellationToken),
        _ => null,
    };
}
