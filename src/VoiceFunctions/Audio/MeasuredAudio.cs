namespace VoiceFunctions.Audio;

/// <summary>What a look at every sample of a file shows, without keeping them.</summary>
/// <param name="SampleRate">Hertz.</param>
/// <param name="Samples">How many there are of one channel.</param>
/// <param name="Levels">How loud they are.</param>
internal sealed record MeasuredAudio(int SampleRate, long Samples, AudioLevels Levels)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples / SampleRate);

    /// <summary>The file as it can be passed on, WAV behind <see cref="Wav.PutHeader"/>; <see langword="null"/> when it has to be written anew.</summary>
    public ReadOnlyMemory<byte>? File { get; init; }

    public static MeasuredAudio Of(PcmAudio audio) => new(audio.SampleRate, audio.Samples.Length, AudioLevels.Measure(audio.Samples.Span));
}
