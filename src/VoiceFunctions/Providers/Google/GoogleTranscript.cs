using static VoiceFunctions.Providers.Google.GoogleRecognizeResponse;

namespace VoiceFunctions.Providers.Google;

/// <summary>What a recognition heard, with the times and the confidence that Google measured and none beside them.</summary>
internal sealed record GoogleTranscript(string Text, string? Language, double? Confidence)
{
    public IReadOnlyList<SpeechSegment> Segments { get; private init; } = [];

    public IReadOnlyList<SpeechWord> Words { get; private init; } = [];

    /// <summary>No results are silence. With speakers told apart, the last result repeats all words, each with its speaker, and only it has them.</summary>
    public static GoogleTranscript From(GoogleRecognizeResponse response, bool diarize)
    {
        var heard = (response.Results ?? [])
            .Select(result => (Result: result, Best: result.Alternatives is [var best, ..] ? best : null))
            .Where(part => part.Best is not null)
            .Select(part => (part.Result, Best: part.Best!))
            .ToList();
        var spoken = heard.Where(part => !string.IsNullOrWhiteSpace(part.Best.Transcript)).ToList();
        var all = diarize && heard is [.., var last] && (last.Best.Words ?? []).Any(word => word.Speaker is not null) ? last.Best.Words! : null;
        return new GoogleTranscript(
            // Transcripts bring their own leading spaces where the language has any.
            string.Concat(spoken.Select(part => part.Best.Transcript)).Trim(),
            heard.Select(part => part.Result.LanguageCode).FirstOrDefault(code => !string.IsNullOrEmpty(code)),
            Mean([.. spoken.Select(part => part.Best)]))
        {
            Words = [.. (all ?? heard.SelectMany(part => part.Best.Words ?? [])).Select(Timed).OfType<SpeechWord>()],
            Segments = all is null ? [.. spoken.Select(part => Segment(part.Result, part.Best)).OfType<SpeechSegment>()] : [.. Turns(all)],
        };
    }

    /// <summary>One result has no start of its own: it is the first word's, and without words there is no segment.</summary>
    private static SpeechSegment? Segment(Result result, Alternative best)
    {
        var words = (best.Words ?? []).Select(Timed).OfType<SpeechWord>().ToList();
        return words is [var first, ..]
            ? new SpeechSegment(first.Start, GoogleDuration.Parse(result.ResultEndTime) ?? words[^1].End, best.Transcript!.Trim())
            {
                Confidence = Given(best.Confidence),
            }
            : null;
    }

    /// <summary>A segment for each turn of a speaker.</summary>
    private static IEnumerable<SpeechSegment> Turns(IReadOnlyList<WordInfo> words)
    {
        SpeechSegment? turn = null;
        foreach (var info in words)
        {
            if (Timed(info) is not { } word)
            {
                continue;
            }

            if (turn is not null && turn.Speaker == info.Speaker)
            {
                turn = turn with { End = word.End, Text = $"{turn.Text} {word.Word}" };
                continue;
            }

            if (turn is not null)
            {
                yield return turn;
            }

            turn = new SpeechSegment(word.Start, word.End, word.Word) { Speaker = info.Speaker };
        }

        if (turn is not null)
        {
            yield return turn;
        }
    }

    private static SpeechWord? Timed(WordInfo info) =>
        info.Word is { Length: > 0 } word && GoogleDuration.Parse(info.StartTime) is { } start && GoogleDuration.Parse(info.EndTime) is { } end
            ? new SpeechWord(word, start, end)
            : null;

    /// <summary>The mean by length of transcript, provided that every result has a confidence.</summary>
    private static double? Mean(IReadOnlyList<Alternative> spoken) =>
        spoken.Count > 0 && spoken.All(best => Given(best.Confidence) is not null)
            ? spoken.Sum(best => best.Confidence * best.Transcript!.Length) / spoken.Sum(best => best.Transcript!.Length)
            : null;

    private static double? Given(double confidence) => confidence is > 0 and <= 1 ? confidence : null;
}
