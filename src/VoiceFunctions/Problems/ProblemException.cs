using VoiceFunctions.Providers;

namespace VoiceFunctions.Problems;

/// <summary>Ends a request with a problem document. The detail is written for the caller.</summary>
public sealed class ProblemException(ProblemKind kind, string detail, Exception? innerException = null) : Exception(detail, innerException)
{
    public ProblemKind Kind { get; } = kind;

    /// <summary>Field to messages, for <see cref="ProblemKind.InvalidRequest"/>.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public IReadOnlyList<SpeechAttempt>? Attempts { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static ProblemException InvalidField(string field, string message) =>
        new(ProblemKind.InvalidRequest, $"{field} {message}") { Errors = new Dictionary<string, string[]> { [field] = [message] } };
}
