using System.Numerics.Tensors;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

/// <summary>Generated material whose every sample is known.</summary>
internal static class Sounds
{
    public static float[] Sine(double hertz, int sampleRate, int samples, double amplitude = 0.5)
    {
        var sine = new float[samples];
        for (var i = 0; i < samples; i++) sine[i] = (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / sampleRate));
        return sine;
    }

    /// <summary>A tone that climbs from 200 to 3000 Hz under a syllable-like envelope: no stretch of it is like another, so a shift shows.</summary>
    public static PcmAudio Chirp(double seconds, int sampleRate)
    {
        var samples = new float[(int)(seconds * sampleRate)];
        for (var i = 0; i < samples.Length; i++)
        {
            var t = (double)i / sampleRate;
            var envelope = 0.6 + (0.4 * Math.Sin(2 * Math.PI * 3.1 * t));
            samples[i] = (float)(0.5 * envelope * Math.Sin(2 * Math.PI * ((200 * t) + (1400 / seconds * t * t))));
        }

        return new(samples, sampleRate);
    }

    public static double Rms(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples) sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    /// <summary>The likeness of two signals, 1 for the same, at the shift of the second where it is greatest.</summary>
    public static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int minShift, int maxShift)
    {
        var best = -1.0;
        for (var shift = minShift; shift <= maxShift; shift++)
        {
            var left = shift < 0 ? a[-shift..] : a;
            var right = shift > 0 ? b[shift..] : b;
            var length = Math.Min(left.Length, right.Length);
            best = Math.Max(best, TensorPrimitives.CosineSimilarity(left[..length], right[..length]));
        }

        return best;
    }
}
