namespace VoiceFunctions.Audio;

/// <summary>How loud audio is; amplitudes as a share of full scale.</summary>
/// <param name="Peak">The largest absolute sample.</param>
/// <param name="Rms">The root of the mean square.</param>
/// <param name="IsSilent">Whether nothing in it can be heard: see <see cref="SilencePeak"/>.</param>
public readonly record struct AudioLevels(float Peak, float Rms, bool IsSilent)
{
    /// <summary>
    /// -60 dBFS. Half the distance between the highest and the lowest sample is held against it, so that the constant offset of a cheap sound card
    /// does not pass for sound. Speech that anyone means to be heard peaks above -40 dBFS; a 16-bit converter's own noise stays under -80 dBFS.
    /// </summary>
    public const float SilencePeak = 0.001f;

    public static AudioLevels Measure(ReadOnlySpan<float> samples)
    {
        var meter = new LevelMeter();
        meter.Add(samples);
        return meter.Levels;
    }
}
