namespace VoiceFunctions.Audio.Segmentation;

/// <summary>Hears one stream of audio frame by frame, and holds what it needs for that until it is disposed of.</summary>
internal sealed class VoiceListener(SpeechReader.Listener listen, params IReadOnlyList<IDisposable> held) : IDisposable
{
    /// <summary>How likely the next <see cref="SileroVad.FrameSamples"/> samples hold speech; the last frame may be shorter.</summary>
    public float Listen(ReadOnlySpan<float> frame) => listen(frame);

    public void Dispose()
    {
        foreach (var resource in held) resource.Dispose();
    }
}
