using VoiceFunctions.Audio.Stitching;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Text;

/// <summary>
/// Captions of a long text: a cue for each chunk, as long as its audio really is. When a word inside a chunk is spoken nobody has measured, so a chunk that is to be a
/// cue is made short (<see cref="MaxCharacters"/>) rather than its time divided.
/// </summary>
internal static class ChunkCaptions
{
    /// <summary>The most characters of a cue: two lines.</summary>
    public const int MaxCharacters = CueText.Lines * CueText.Columns;

    /// <param name="chunks">What was spoken.</param>
    /// <param name="audio">The same chunks, stitched.</param>
    /// <param name="language">A BCP-47 tag, if it is known.</param>
    public static IReadOnlyList<SpeechSegment> Cues(IReadOnlyList<TextChunk> chunks, StitchedAudio audio, string? language)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(chunks.Count, audio.Samples.Count, nameof(chunks));
        var cues = new List<SpeechSegment>(chunks.Count);
        long start = 0;
        for (var index = 0; index < chunks.Count; index++)
        {
            var end = start + audio.Samples[index];
            cues.Add(new SpeechSegment((double)start / audio.SampleRate, (double)end / audio.SampleRate, CueText.Wrap(chunks[index].Words, language)));
            start = end;
        }

        return cues;
    }
}
