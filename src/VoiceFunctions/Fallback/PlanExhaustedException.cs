using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Every target of the plan was tried, or could not be; none served the call.</summary>
public sealed class PlanExhaustedException(string message, IReadOnlyList<SpeechAttempt> attempts, IReadOnlyList<ProviderException> failures)
    : Exception(message, failures.Count > 0 ? failures[^1] : null)
{
    /// <summary>What to tell a caller who is to come back when no provider said how long that takes.</summary>
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    public IReadOnlyList<SpeechAttempt> Attempts { get; } = attempts;

    /// <summary>The last failure of each target, in plan order.</summary>
    public IReadOnlyList<ProviderException> Failures { get; } = failures;

    /// <summary>When the first of the providers may be back.</summary>
    public TimeSpan RetryAfter => Failures.Min(failure => failure.RetryAfter ?? (TimeSpan?)DefaultRetryAfter) ?? DefaultRetryAfter;
}
