using System.Numerics.Tensors;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>
/// A stand-in for the voice activity model: what stands out of the background may be speech. The background follows every fall of the level at once and its rises
/// slowly, so that a hum does not count and a sentence does.
/// </summary>
internal sealed class LoudnessMeter
{
    /// <summary>6 dB: less does not stand out.</summary>
    private const float Above = 2;

    /// <summary>What the background may rise by in a frame of 32 ms: 1 dB in a second.</summary>
    private const float Rise = 1.0037f;

    private float _background = 1;

    /// <summary>1 for what may be speech, 0 for what is not. The least that counts is what <see cref="AudioLevels.SilencePeak"/> says can be heard.</summary>
    public float Listen(ReadOnlySpan<float> frame)
    {
        var mean = TensorPrimitives.Sum(frame) / frame.Length;
        var level = MathF.Sqrt(Math.Max(0, (TensorPrimitives.SumOfSquares(frame) / frame.Length) - (mean * mean)));
        _background = Math.Max(AudioLevels.SilencePeak / (2 * Above), Math.Min(_background * Rise, level));
        return level > _background * Above ? 1 : 0;
    }
}
