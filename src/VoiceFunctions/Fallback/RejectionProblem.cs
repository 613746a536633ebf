using VoiceFunctions.Problems;

namespace VoiceFunctions.Fallback;

/// <summary>What a caller is told when no provider can be planned for.</summary>
internal static class RejectionProblem
{
    private static readonly TimeSpan Unconfigured = TimeSpan.FromMinutes(1);

    public static ProblemException For(IReadOnlyCollection<Rejection> rejections, string? language) => rejections.Count == 0
        ? new ProblemException(ProblemKind.ProvidersUnavailable, "No provider is configured for this.") { Attempts = [], RetryAfter = Unconfigured }
        : rejections.Max() switch
        {
            Rejection.Model => ProblemException.InvalidField("model", "no provider of this request has that model. GET /api/providers lists them."),
            Rejection.Voice => ProblemException.InvalidField("voice", "no provider of this request has that voice. GET /api/voices lists the profiles, GET /api/providers the voices."),
            Rejection.Ssml => ProblemException.InvalidField("ssml", "no provider of this request reads SSML."),
            Rejection.Speed => ProblemException.InvalidField("speed", "no provider of this request speaks at that speed. GET /api/providers lists the ranges."),
            Rejection.Diarization => new ProblemException(ProblemKind.NotSupported, "No provider of this request tells speakers apart."),
            Rejection.Language => new ProblemException(
                ProblemKind.UnsupportedLanguage,
                language is null ? "No provider of this request speaks English, which the text was taken for. Name its 'language'." : $"No provider of this request has the language '{language}'."),
            Rejection.LanguageUnsaid => ProblemException.InvalidField("language", "is needed: no provider of this request finds it out by itself."),
            Rejection.Timings => new ProblemException(ProblemKind.TimingsUnavailable, "No provider of this request measures the timings asked for."),
            Rejection.Format => new ProblemException(ProblemKind.UnsupportedFormat, "The format needs ffmpeg, which is not installed here. 'wav' and 'pcm' are always served."),
            _ => new ProblemException(ProblemKind.PayloadTooLarge, "No provider of this request takes that much in one call. POST /api/tts/jobs or POST /api/stt/jobs takes more."),
        };
}
