namespace VoiceFunctions.Audio.Segmentation;

/// <summary>How speech is told from silence and cut. The probabilities are Silero's own defaults, the times were measured with the recogniser.</summary>
internal sealed record SegmentationOptions
{
    public static readonly SegmentationOptions Default = new();

    /// <summary>Speech begins at this probability.</summary>
    public float StartProbability { get; init; } = 0.5f;

    /// <summary>Speech may end below this probability.</summary>
    public float EndProbability { get; init; } = 0.35f;

    /// <summary>Speech ends after this much silence.</summary>
    public TimeSpan EndSilence { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Speech that is shorter is taken for a noise. A piece that was cut off a longer stretch is never dropped.</summary>
    public TimeSpan MinSpeech { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What is left on either side of the speech, so that soft sounds at its edges survive. Of 150, 200 and 300 ms this gave the fewest word errors.</summary>
    public TimeSpan Padding { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest segment, padding included. Moonshine's word errors stay at 2-4 % up to 40 s and collapse beyond; its memory grows with the length.</summary>
    public TimeSpan MaxSegment { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Speech without a break is cut in its longest pause above this.</summary>
    public TimeSpan CutPause { get; init; } = TimeSpan.FromMilliseconds(98);

    /// <summary>Where there is no such pause, it is cut where speech is least likely within the last part of this length.</summary>
    public TimeSpan CutWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Neighbours this close are one segment as long as they fit: a recogniser hears better in context.</summary>
    public TimeSpan MergeGap { get; init; } = TimeSpan.FromSeconds(1);
}
