namespace VoiceFunctions.Audio.Segmentation;

/// <summary>Where a piece lies in its recording, in samples at <see cref="SileroVad.SampleRate"/>.</summary>
/// <param name="Start">Its first sample.</param>
/// <param name="Length">Samples in it.</param>
/// <param name="Overlap">Samples at its beginning that the end of the piece before holds too; 0 where there was a pause to cut in.</param>
internal sealed record PieceSpan(long Start, long Length, long Overlap)
{
    public long End => Start + Length;

    /// <summary>Seconds from the beginning of the recording.</summary>
    public double StartSeconds => (double)Start / SileroVad.SampleRate;

    public double Seconds => (double)Length / SileroVad.SampleRate;

    public double OverlapSeconds => (double)Overlap / SileroVad.SampleRate;
}
