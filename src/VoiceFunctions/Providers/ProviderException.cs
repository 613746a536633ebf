namespace VoiceFunctions.Providers;

/// <summary>
/// The one exception that adapters throw. Its message names the cause in words fit for a caller and holds neither keys nor the spoken text.
/// </summary>
public sealed class ProviderException(string provider, ProviderFailureKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public string Provider { get; } = provider;

    public ProviderFailureKind Kind { get; } = kind;

    /// <summary>How long the provider asked to be left alone; <see langword="null"/> when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What had been tried at the provider when it was given up. Empty for the failure of a single attempt.</summary>
    public IReadOnlyList<SpeechAttempt> Attempts { get; init; } = [];

    /// <summary>Whether the provider bills the call all the same: it did its work, which was then of no use.</summary>
    public bool Billed { get; init; }

    /// <summary>What it bills, in US dollars; <see langword="null"/> when the price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The same failure, of a call that was answered and is billed.</summary>
    public ProviderException AsBilled(SpeechOutcome outcome) =>
        new(Provider, Kind, Message, InnerException) { RetryAfter = RetryAfter, Billed = true, CostUsd = outcome.CostUsd };

    public ProviderException WithAttempts(IReadOnlyList<SpeechAttempt> attempts) => new(Provider, Kind, Message, this) { RetryAfter = RetryAfter, Attempts = attempts };
}
