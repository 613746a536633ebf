using VoiceFunctions.Audio.Stitching;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Text;

/// <summary>
/// Captions of a long text: a cue for each chunk, as long as its audio really is. Nobody has measured when a word inside a chunk is spoken, so a chunk that is to be a
/// cue is made short (<see cref="MaxCharacters"/>), and its time is not divided.
/// </summary>
internal static class ChunkCaptions
{
    /// <summary>The most characters of a cue: two lines.</summary>
    public const int MaxCharacters = CueText.Lines * CueText.Columns;

    /// <param name="words">What was spoken, of each chunk.</param>
    /// <param name="audio">The same chunks, stitched.</param>
    /// <param name="language">A BCP-47 tag, if it is known.</param>
    public static IReadOnlyList<SpeechSegment> Cues(IReadOnlyList<string> words, StitchedAudio audio, string? language)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(words.Count, audio.Samples.Count, nameof(words));
        var cues = new List<SpeechSegment>(words.Count);
        long start = 0;
        for (var index = 0; index < words.Count; index++)
        {
            var end = start + audio.Samples[index];
            cues.Add(new SpeechSegment((double)start / audio.SampleRate, (double)end / audio.SampleRate, CueText.Wrap(words[index], language)));
            start = end;
        }

        return cues;
    }
}
