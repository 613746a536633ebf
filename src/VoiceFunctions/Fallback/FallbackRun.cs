using System.Text.Json;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>One walk through a plan: what was tried, how it ended and how long it took.</summary>
internal sealed class FallbackRun(TimeProvider time)
{
    private readonly List<SpeechAttempt> _attempts = [];
    private readonly List<ProviderException> _failures = [];

    public IReadOnlyList<SpeechAttempt> Attempts => _attempts;

    /// <summary>Tries one target; <see langword="null"/> when it failed and the next one may be tried.</summary>
    /// <exception cref="AttemptsCancelledException">The caller left or the deadline passed; what had been tried is in it.</exception>
    public async Task<T?> TryAsync<T>(string provider, string model, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        var start = time.GetTimestamp();
        try
        {
            var result = await call(cancellationToken);
            Record("ok", detail: null);
            return result;
        }
        catch (ProviderException failure)
        {
            Record(Name(failure.Kind), failure.Message);
            _failures.Add(failure);
            return null;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            Record("cancelled", "Still under way when the request ended.");
            throw new AttemptsCancelledException(_attempts, exception, cancellationToken);
        }

        void Record(string outcome, string? detail) =>
            _attempts.Add(new SpeechAttempt(provider, model, outcome, detail, Math.Round(time.GetElapsedTime(start).TotalSeconds, 3)));
    }

    public PlanExhaustedException Exhausted() => new(Describe(), _attempts, _failures);

    private string Describe() => _failures is [var only]
        ? $"{only.Provider}: {only.Message}"
        : $"None of the {_failures.Count} providers that could have served this did. The attempts say why.";

    private static string Name(ProviderFailureKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
