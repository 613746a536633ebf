using VoiceFunctions.Jobs.Chunks;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>How long an orchestration waits and how often it tries: <c>ChunkOptions</c> as they were when the job began, which tells what each is.</summary>
public sealed record RetryRules
{
    public required int InFlight { get; init; }

    public required TimeSpan Delay { get; init; }

    public required TimeSpan MaxDelay { get; init; }

    public required TimeSpan Patience { get; init; }

    public required int Tries { get; init; }

    public required int LastTries { get; init; }

    public required int UselessAnswers { get; init; }

    public required TimeSpan ReportInterval { get; init; }

    internal static RetryRules Of(ChunkOptions options) => new()
    {
        InFlight = options.InFlight,
        Delay = options.RetryDelay,
        MaxDelay = options.MaxRetryDelay,
        Patience = options.Patience,
        Tries = options.Tries,
        LastTries = options.LastTries,
        UselessAnswers = options.UselessAnswers,
        ReportInterval = options.ReportInterval,
    };

    /// <summary>The wait after so many failures one after the other.</summary>
    public TimeSpan DelayAfter(int failures)
    {
        var doubled = Delay.TotalSeconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return doubled < MaxDelay.TotalSeconds ? TimeSpan.FromSeconds(doubled) : MaxDelay;
    }
}
