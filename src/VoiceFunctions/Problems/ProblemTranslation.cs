using Microsoft.AspNetCore.Http;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Problems;

/// <summary>What each exception that a request can end with means to its caller. What is not known here is a defect.</summary>
internal static class ProblemTranslation
{
    private static readonly TimeSpan ConversionRetryAfter = TimeSpan.FromSeconds(5);

    public static ProblemException? Translate(Exception exception) => exception switch
    {
        ProblemException problem => problem,
        AudioException audio => new ProblemException(Kind(audio.Failure), audio.Message, audio),
        AudioTooLargeException tooLarge => new ProblemException(ProblemKind.PayloadTooLarge, tooLarge.Message, tooLarge),
        // The machine is at its limit, or its ffmpeg is broken; the request is neither.
        FfmpegException ffmpeg => new ProblemException(ProblemKind.Overloaded, "The audio could not be converted.", ffmpeg) { RetryAfter = ConversionRetryAfter },
        PlanExhaustedException plan => Translate(plan),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } body => new ProblemException(
            ProblemKind.PayloadTooLarge, "The body is larger than a short call takes. POST /api/stt/jobs or POST /api/tts/jobs takes more.", body),
        BadHttpRequestException bad => new ProblemException(ProblemKind.InvalidRequest, bad.Message, bad),
        _ => null,
    };

    private static ProblemKind Kind(AudioFailure failure) => failure switch
    {
        AudioFailure.NoAudioStream => ProblemKind.NoAudio,
        AudioFailure.UnsupportedFormat => ProblemKind.UnsupportedFormat,
        AudioFailure.TooLong => ProblemKind.PayloadTooLarge,
        AudioFailure.Empty => ProblemKind.InvalidRequest,
        _ => ProblemKind.UndecodableAudio,
    };

    /// <summary>What a plan without success is: what every provider refused for the same reason of the request's is the request's failure; all else is the providers'.</summary>
    public static ProblemKind KindOf(IEnumerable<ProviderFailureKind> failures) => failures.Distinct().ToArray() switch
    {
        [ProviderFailureKind.NotRecognised] => ProblemKind.NotRecognised,
        [ProviderFailureKind.UnsupportedLanguage] => ProblemKind.UnsupportedLanguage,
        [ProviderFailureKind.InvalidRequest] => ProblemKind.InvalidRequest,
        [ProviderFailureKind.Overloaded] => ProblemKind.Overloaded,
        _ => ProblemKind.ProvidersUnavailable,
    };

    private static ProblemException Translate(PlanExhaustedException plan)
    {
        var kind = KindOf(plan.Failures.Select(failure => failure.Kind));
        return new ProblemException(kind, plan.Message, plan)
        {
            Attempts = plan.Attempts,
            RetryAfter = kind.Status == StatusCodes.Status503ServiceUnavailable ? plan.RetryAfter : null,
        };
    }
}
