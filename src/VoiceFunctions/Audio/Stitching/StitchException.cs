namespace VoiceFunctions.Audio.Stitching;

/// <summary>A chunk cannot be part of the whole: it is missing, empty, cut off, damaged, or of another kind than the rest.</summary>
/// <param name="chunk">Its place in the order, from 0.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="innerException">What told so.</param>
internal sealed class StitchException(int chunk, string reason, Exception? innerException = null)
    : Exception($"Chunk {chunk} cannot be stitched: {reason}", innerException)
{
    public int Chunk { get; } = chunk;
}
