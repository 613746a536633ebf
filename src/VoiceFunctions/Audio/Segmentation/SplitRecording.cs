namespace VoiceFunctions.Audio.Segmentation;

/// <summary>How a recording was cut. One in which nobody speaks has no pieces.</summary>
/// <param name="Pieces">In the order of the recording.</param>
/// <param name="Samples">Length of the whole, silence included, at <see cref="SileroVad.SampleRate"/>.</param>
internal sealed record SplitRecording(IReadOnlyList<PieceSpan> Pieces, long Samples)
{
    /// <summary>Of the whole recording, measured by decoding it.</summary>
    public double Seconds => (double)Samples / SileroVad.SampleRate;
}
