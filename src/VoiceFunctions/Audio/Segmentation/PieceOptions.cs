namespace VoiceFunctions.Audio.Segmentation;

/// <summary>Where a long recording is cut, beside what <see cref="SegmentationOptions"/> says about speech and silence.</summary>
internal sealed record PieceOptions
{
    public static readonly PieceOptions Default = new();

    /// <summary>Less than the least word: what a voice activity model takes for a shorter sound is a click. A recogniser drops what is no speech.</summary>
    public TimeSpan MinSpeech { get; init; } = TimeSpan.FromMilliseconds(96);

    /// <summary>Silence that is left on either side of a piece, where there is so much: recognisers hear the first and last word worse without it.</summary>
    public TimeSpan Padding { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A silence that is longer is in no piece. Shorter ones stay, for they tell a recogniser where sentences end.</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What two pieces share where speech goes on without a pause for the whole of a piece.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(4);
}
