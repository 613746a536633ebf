namespace VoiceFunctions.Audio.Stitching;

/// <summary>What was stitched.</summary>
/// <param name="Samples">The length of each chunk in samples, in order; their sum is the length of the whole.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Bytes">The size of the file.</param>
internal sealed record StitchedAudio(IReadOnlyList<long> Samples, int SampleRate, long Bytes);
