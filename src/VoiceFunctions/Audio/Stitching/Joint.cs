namespace VoiceFunctions.Audio.Stitching;

/// <summary>
/// Where two chunks meet. Voices begin and end in silence, and then nothing is touched. Where one does not, the jump would be heard as a click, so a few milliseconds
/// of it are faded; samples are neither added nor left out.
/// </summary>
internal static class Joint
{
    /// <summary>0.2 % of full scale: a step of that size drowns in the noise of any recording.</summary>
    public const short NearZero = 64;

    private const double FadeSeconds = 0.004;

    /// <summary>How many samples at each end of a chunk a fade can reach.</summary>
    public static int Reach(int sampleRate, long samples) => (int)Math.Min((long)(sampleRate * FadeSeconds), samples / 2);

    public static void FadeIn(Span<short> beginning)
    {
        if (beginning.IsEmpty || IsNearZero(beginning[0])) return;
        for (var i = 0; i < beginning.Length; i++) beginning[i] = Scale(beginning[i], i, beginning.Length);
    }

    public static void FadeOut(Span<short> ending)
    {
        if (ending.IsEmpty || IsNearZero(ending[^1])) return;
        for (var i = 0; i < ending.Length; i++) ending[^(i + 1)] = Scale(ending[^(i + 1)], i, ending.Length);
    }

    private static bool IsNearZero(short sample) => sample is >= -NearZero and <= NearZero;

    /// <summary>Half a cosine, from nothing at the edge.</summary>
    private static short Scale(short sample, int distance, int length) => (short)Math.Round(sample * (0.5 - (0.5 * Math.Cos(Math.PI * distance / length))));
}
