using Microsoft.AspNetCore.Http;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Problems;

public sealed class ProblemTranslationTests
{
    [Fact]
    public void Translate_Problem_IsItself()
    {
        var problem = new ProblemException(ProblemKind.NotFound, "No.");

        Assert.Same(problem, ProblemTranslation.Translate(problem));
    }

    [Fact]
    public void Translate_Defect_IsNotKnown()
    {
        Assert.Null(ProblemTranslation.Translate(new InvalidOperationException("secret")));
        Assert.Null(ProblemTranslation.Translate(new OperationCanceledException()));
    }

    [Fact]
    public void Translate_TooManyBytes_IsTooLarge() =>
        Assert.Equal("payload_too_large", ProblemTranslation.Translate(new AudioTooLargeException(2048))!.Kind.Code);

    [Theory]
    [InlineData(AudioFailure.Undecodable, "undecodable_audio")]
    [InlineData(AudioFailure.NoAudioStream, "no_audio")]
    [InlineData(AudioFailure.UnsupportedFormat, "unsupported_format")]
    [InlineData(AudioFailure.TooLong, "payload_too_large")]
    [InlineData(AudioFailure.Empty, "invalid_request")]
    public void Translate_Audio_HasACodeOfItsOwn(AudioFailure failure, string code)
    {
        var problem = ProblemTranslation.Translate(new AudioException(failure, "Said so."))!;

        Assert.Equal(code, problem.Kind.Code);
        Assert.Equal("Said so.", problem.Message);
    }

    [Theory]
    [InlineData(413, "payload_too_large")]
    [InlineData(400, "invalid_request")]
    [InlineData(408, "invalid_request")]
    public void Translate_BadHttpRequest_IsTheCallers(int status, string code) =>
        Assert.Equal(code, ProblemTranslation.Translate(new BadHttpRequestException("Bad.", status))!.Kind.Code);

    [Theory]
    [InlineData("not_recognised", ProviderFailureKind.NotRecognised)]
    [InlineData("not_recognised", ProviderFailureKind.NotRecognised, ProviderFailureKind.NotRecognised)]
    [InlineData("unsupported_language", ProviderFailureKind.UnsupportedLanguage)]
    [InlineData("invalid_request", ProviderFailureKind.InvalidRequest)]
    [InlineData("overloaded", ProviderFailureKind.Overloaded, ProviderFailureKind.Overloaded)]
    [InlineData("providers_unavailable", ProviderFailureKind.Unavailable)]
    [InlineData("providers_unavailable", ProviderFailureKind.Timeout)]
    [InlineData("providers_unavailable", ProviderFailureKind.RateLimited)]
    [InlineData("providers_unavailable", ProviderFailureKind.Unauthorized)]
    [InlineData("providers_unavailable", ProviderFailureKind.BadResult)]
    [InlineData("providers_unavailable", ProviderFailureKind.CircuitOpen)]
    [InlineData("providers_unavailable", ProviderFailureKind.NotRecognised, ProviderFailureKind.Unavailable)]
    [InlineData("providers_unavailable", ProviderFailureKind.Unavailable, ProviderFailureKind.InvalidRequest)]
    [InlineData("providers_unavailable", ProviderFailureKind.Overloaded, ProviderFailureKind.CircuitOpen)]
    public void Translate_PlanExhausted_IsTheRequestsOnlyWhenAllSaySo(string code, params ProviderFailureKind[] kinds)
    {
        SpeechAttempt[] attempts = [new("a", "m", "unavailable", "HTTP 500.", 1)];
        var plan = new PlanExhaustedException("None.", attempts, [.. kinds.Select(kind => new ProviderException("a", kind, "No."))]);

        var problem = ProblemTranslation.Translate(plan)!;

        Assert.Equal(code, problem.Kind.Code);
        Assert.Same(attempts, problem.Attempts);
        Assert.Equal(problem.Kind.Status == 503, problem.RetryAfter is not null);
    }
}
