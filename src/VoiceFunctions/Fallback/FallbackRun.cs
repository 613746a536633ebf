using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>One walk through a plan: what was tried, and how it ended. Targets may be under way at the same time.</summary>
internal sealed class FallbackRun
{
    private readonly Lock _lock = new();
    private readonly List<SpeechAttempt> _attempts = [];
    private readonly List<ProviderException> _failures = [];

    public IReadOnlyList<SpeechAttempt> Attempts => _attempts;

    /// <summary>How the last target failed.</summary>
    public ProviderFailureKind LastFailure => _failures[^1].Kind;

    /// <summary>Tries one target; <see langword="null"/> when it failed.</summary>
    /// <exception cref="AttemptsCancelledException">The caller left or the deadline passed; what had been tried is in it.</exception>
    public async Task<T?> TryAsync<T>(Func<Task<T>> call, Func<T, SpeechOutcome> outcome)
        where T : class
    {
        try
        {
            var result = await call();
            lock (_lock)
            {
                _attempts.AddRange(outcome(result).Attempts);
            }

            return result;
        }
        catch (ProviderException failure)
        {
            lock (_lock)
            {
                _attempts.AddRange(failure.Attempts);
                _failures.Add(failure);
            }

            return null;
        }
        catch (AttemptsCancelledException cancelled)
        {
            lock (_lock)
            {
                _attempts.AddRange(cancelled.Attempts);
                throw new AttemptsCancelledException([.. _attempts], cancelled, cancelled.CancellationToken);
            }
        }
    }

    public PlanExhaustedException Exhausted() => new(Describe(), _attempts, _failures);

    private string Describe() => _failures is [var only]
        ? $"{only.Provider}: {only.Message}"
        : $"None of the {_failures.Count} providers that could have served this did. The attempts say why.";
}
