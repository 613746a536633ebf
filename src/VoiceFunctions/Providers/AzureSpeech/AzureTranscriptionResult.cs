using Microsoft.Extensions.AI;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>A fast transcription in the terms of this app.</summary>
internal static class AzureTranscriptionResult
{
    public static SpeechToTextResponse Of(AzureTranscription heard, RecognitionModel model, SpeechCall call)
    {
        var phrases = heard.Phrases ?? [];
        SpeechSegment[] segments = [.. phrases.Select(Segment).OfType<SpeechSegment>()];
        SpeechWord[] words = [.. phrases.SelectMany(phrase => phrase.Words ?? []).Select(Word).OfType<SpeechWord>()];
        var text = heard.CombinedPhrases is { Count: > 0 } combined
            ? string.Join('\n', combined.Select(part => part.Text))
            : string.Join(' ', phrases.Select(phrase => phrase.Text));
        var duration = heard.DurationMilliseconds / 1000;
        var units = (duration ?? call.AudioSeconds) is { } seconds ? new BilledUnits((decimal)seconds, BillingUnit.Seconds) : null;
        return new SpeechToTextResponse(text.Trim())
        {
            ModelId = model.Id,
            StartTime = segments is [var first, ..] ? TimeSpan.FromSeconds(first.Start) : null,
            EndTime = segments is [.., var last] ? TimeSpan.FromSeconds(last.End) : null,
        }.WithOutcome(new SpeechOutcome
        {
            Provider = AzureSpeechProvider.Name,
            Model = model.Id,
            Duration = duration,
            Language = Language(phrases),
            Confidence = Confidence(phrases),
            Segments = segments,
            Words = words,
            Units = units,
            CostUsd = units is null ? null : model.Price?.Of(units.Amount),
        });
    }

    private static SpeechSegment? Segment(AzureTranscription.Phrase phrase) => phrase is { OffsetMilliseconds: { } offset, DurationMilliseconds: { } duration }
        ? new SpeechSegment(offset / 1000, (offset + duration) / 1000, phrase.Text ?? "") { Speaker = phrase.Speaker?.ToString(), Confidence = Given(phrase) }
        : null;

    private static SpeechWord? Word(AzureTranscription.Word word) => word is { Text: { } text, OffsetMilliseconds: { } offset, DurationMilliseconds: { } duration }
        ? new SpeechWord(text, offset / 1000, (offset + duration) / 1000)
        : null;

    private static double? Given(AzureTranscription.Phrase phrase) => phrase.Confidence is >= 0 and <= 1 ? phrase.Confidence : null;

    /// <summary>The locale that was heard longest.</summary>
    private static string? Language(IReadOnlyList<AzureTranscription.Phrase> phrases) => phrases
        .Where(phrase => !string.IsNullOrEmpty(phrase.Locale))
        .GroupBy(phrase => phrase.Locale)
        .MaxBy(group => group.Sum(phrase => phrase.DurationMilliseconds ?? 0))?.Key;

    /// <summary>The mean of the confidences given, each weighing as much as its phrase lasts; none when none was given.</summary>
    private static double? Confidence(IReadOnlyList<AzureTranscription.Phrase> phrases)
    {
        var given = phrases.Where(phrase => Given(phrase) is not null && phrase.DurationMilliseconds > 0).ToArray();
        var weight = given.Sum(phrase => phrase.DurationMilliseconds!.Value);
        return weight > 0 ? given.Sum(phrase => phrase.Confidence!.Value * phrase.DurationMilliseconds!.Value) / weight : null;
    }
}
