using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>
/// One thing that can go wrong with a provider, and what the contract says becomes of it: the outcome of its attempts, the name of a
/// <c>ProviderFailureKind</c>, and how many there are. Those worth an immediate retry are asked three times, with the default of two retries.
/// </summary>
internal sealed record MatrixCase(string Name, string Outcome, int Tries, Func<string, Fault> Make)
{
    private const int Retried = 3;
    private const int Final = 1;

    /// <summary>What both directions have in common.</summary>
    private static IEnumerable<MatrixCase> Transport =>
    [
        // Those that last come first, so that the others run meanwhile.
        new("hang", "timeout", Final, _ => Fault.Hang()),
        new("slow drip", "timeout", Final, _ => Drip()),
        new("401", "unauthorized", Final, _ => Fault.Unauthorized()),
        new("403", "unauthorized", Final, _ => Fault.Status(403)),
        new("429 without a time", "rate_limited", Retried, _ => Fault.RateLimited()),
        // Longer than Resilience:MaxRetryAfter, which is 3 seconds: not waited for.
        new("429 in 7 seconds", "rate_limited", Final, _ => Fault.RateLimited(retryAfterSeconds: 7)),
        new("429 until a date", "rate_limited", Final, _ => Fault.RateLimited(TimeProvider.System.GetUtcNow().AddSeconds(90))),
        new("429 in 40 milliseconds", "rate_limited", Retried, _ => Fault.RateLimitedMilliseconds(40)),
        new("404", "unavailable", Retried, _ => Fault.Status(404)),
        new("500", "unavailable", Retried, _ => Fault.Status(500)),
        new("503", "unavailable", Retried, _ => Fault.Status(503)),
        new("reset before the answer", "unavailable", Retried, _ => Fault.ResetBeforeAnswer()),
        new("reset in the body", "unavailable", Retried, _ => Fault.ResetInBody()),
        new("empty body", "bad_result", Retried, _ => Fault.EmptyBody()),
        new("malformed JSON", "bad_result", Retried, _ => Fault.MalformedJson()),
        new("a page of HTML", "bad_result", Retried, _ => Fault.Body(_ => new LoopbackReply(200, "text/html", "<html>Sign in</html>"u8.ToArray()))),
    ];

    public static IReadOnlyList<MatrixCase> Synthesis { get; } =
    [
        .. Transport,
        new("truncated audio", "bad_result", Retried, _ => Fault.TruncatedAudio()),
        new("silent audio", "bad_result", Retried, _ => Fault.SilentAudio()),
        new("audio in another format", "bad_result", Retried, _ => Fault.WrongFormatAudio()),
    ];

    public static IReadOnlyList<MatrixCase> Recognition { get; } =
    [
        .. Transport,
        new("JSON of another shape", "bad_result", Retried, _ => Fault.Body(_ => LoopbackReply.Json("[\"hello\"]"))),
        new("null", "bad_result", Retried, _ => Fault.Body(_ => LoopbackReply.Json("null"))),
        new("no words for loud speech", "bad_result", Retried, provider => Fault.Body(_ => LoopbackReply.Json(Transcript(provider, "")))),
        new("blanks for loud speech", "bad_result", Retried, provider => Fault.Body(_ => LoopbackReply.Json(Transcript(provider, "  ")))),
        new("one phrase over and over", "bad_result", Retried, provider =>
            Fault.Body(_ => LoopbackReply.Json(Transcript(provider, string.Join(' ', Enumerable.Repeat("Thank you.", 12)))))),
    ];

    /// <summary>A text of 49 letters or more that tells a server which case it belongs to.</summary>
    public static string Text(int number) => $"Case {(char)('a' + number)}zebra: the quick brown fox jumps over the lazy dog today.";

    /// <summary>The case of a text that <see cref="Text"/> made, in whatever a provider's protocol wraps it; -1 for another.</summary>
    public static int NumberOf(string body) => body.IndexOf("zebra", StringComparison.Ordinal) is > 0 and var at ? body[at - 1] - 'a' : -1;

    private static string Transcript(string provider, string text) => provider switch
    {
        "openai" => $$"""{"text":"{{text}}"}""",
        "azure" => $$"""{"durationMilliseconds":2000,"combinedPhrases":[{"text":"{{text}}"}],"phrases":[]}""",
        "google" => text.Length == 0 ? "{}" : $$"""{"results":[{"alternatives":[{"transcript":"{{text}}","confidence":0.9}]}]}""",
        _ => $$"""{"result":"{{text}}"}""",
    };

    /// <summary>The first piece comes at once and the second never.</summary>
    private static SlowDripFault Drip()
    {
        var drip = Fault.SlowDrip(pieceBytes: 8);
        drip.Release();
        return drip;
    }
}
