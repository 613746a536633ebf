using Microsoft.ML.OnnxRuntime;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>
/// The model Silero VAD v6 (https://github.com/snakers4/silero-vad, MIT), loaded once and shared; each stream of audio has its own <see cref="SileroStream"/>.
/// </summary>
internal sealed class SileroVad : IDisposable
{
    public const int SampleRate = 16000;

    /// <summary>New samples in a frame: 32 ms.</summary>
    public const int FrameSamples = 512;

    private readonly InferenceSession _session;

    /// <exception cref="OnnxRuntimeException">The file is not the model.</exception>
    public SileroVad(string path)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(path, options);
    }

    public SileroStream OpenStream() => new(_session);

    public void Dispose() => _session.Dispose();
}
