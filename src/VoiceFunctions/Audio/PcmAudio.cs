namespace VoiceFunctions.Audio;

/// <summary>Mono audio in memory: samples in [-1, 1] at <paramref name="SampleRate"/> hertz. Short audio only; what has no bound is streamed in blocks.</summary>
public sealed record PcmAudio(ReadOnlyMemory<float> Samples, int SampleRate)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}
