using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Usage;

/// <summary>A call on its way in, and the record of it once it has ended.</summary>
internal sealed record MeteredCall(SpeechOperation Operation, SpeechCall Call)
{
    /// <summary>A timer may be this much ahead of the clock.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMilliseconds(50);

    /// <summary>Synthesis: the text.</summary>
    public string? Text { get; init; }

    /// <summary>Recognition: the length of the recording, as far as it is known beforehand.</summary>
    public TimeSpan? Audio { get; init; }

    public UsageRecord Answered(SpeechOutcome outcome, TimeSpan latency)
    {
        var stored = outcome.Cache is CacheOutcome.Hit or CacheOutcome.Shared;
        var series = new UsageSeries
        {
            KeyName = Call.KeyName,
            Operation = Operation,
            Provider = outcome.Provider,
            Model = outcome.Model,
            Unit = stored ? null : outcome.Units?.Unit,
            Cache = outcome.Cache,
            Outcome = UsageSeries.Ok,
        };
        return new UsageRecord(Call.Tenant, series)
        {
            Units = stored ? 0 : outcome.Units?.Amount ?? 0,
            Characters = Text is null ? 0 : TextLength.Of(Text, BillingUnit.Characters),
            Audio = outcome.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : Audio ?? TimeSpan.Zero,
            Latency = latency,
            CostUsd = outcome.CostUsd,
            SavedUsd = outcome.SavedUsd,
        };
    }

    /// <summary>The provider is the last that was tried, if any was. The price is that of the attempts that are billed although they failed.</summary>
    public UsageRecord Failed(Exception exception, TimeSpan latency, DateTimeOffset now)
    {
        var attempts = Attempts(exception);
        var series = new UsageSeries
        {
            KeyName = Call.KeyName,
            Operation = Operation,
            Provider = attempts.Count > 0 ? attempts[^1].Provider : (exception as ProviderException)?.Provider,
            Model = attempts.Count > 0 ? attempts[^1].Model : null,
            Outcome = Outcome(exception, now),
        };
        return new UsageRecord(Call.Tenant, series)
        {
            Latency = latency,
            CostUsd = exception is ProviderException { Billed: true } billed ? billed.CostUsd : AttemptCosts.Total(0, attempts),
        };
    }

    private static IReadOnlyList<SpeechAttempt> Attempts(Exception exception) => exception switch
    {
        PlanExhaustedException plan => plan.Attempts,
        AttemptsCancelledException cancelled => cancelled.Attempts,
        ProblemException problem => problem.Attempts ?? [],
        ProviderException failure => failure.Attempts,
        _ => [],
    };

    private string Outcome(Exception exception, DateTimeOffset now) => exception switch
    {
        OperationCanceledException when now >= Call.Deadline - ClockSlack => ProblemKind.DeadlineExceeded.Code,
        OperationCanceledException => UsageSeries.Cancelled,
        // Of one target, asked without a fallback around it.
        ProviderException failure => Code(new PlanExhaustedException(failure.Message, failure.Attempts, [failure])),
        _ => Code(exception),
    };

    private static string Code(Exception exception) => (ProblemTranslation.Translate(exception)?.Kind ?? ProblemKind.InternalError).Code;
}
