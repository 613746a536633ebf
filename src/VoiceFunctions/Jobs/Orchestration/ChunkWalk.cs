using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>
/// The way of one chunk from target to target. Pure: the same outcomes at the same times lead to the same steps, so that an orchestrator can replay it.
/// <para>
/// The first target of the plan that can be asked now, or after a wait short enough to be patient, is asked; a longer wait goes by at the next one, and where there
/// is none it is waited out. A target is left for good when it refuses the chunk, when it has given too many useless answers, and when its tries are used up.
/// </para>
/// </summary>
/// <param name="targets">Where the chunk may be made, in order.</param>
/// <param name="rules">How long to wait.</param>
/// <param name="tries">How often to try at each target.</param>
/// <param name="number">The chunk's. Chunks that fail together do not all come back in the same moment.</param>
internal sealed class ChunkWalk(IReadOnlyList<JobTarget> targets, RetryRules rules, int tries, int number)
{
    /// <summary>Parts that the moments of coming back are spread over.</summary>
    private const int Spread = 8;

    /// <summary>Share of a wait that the moments are spread over.</summary>
    private const double SpreadShare = 0.25;

    private readonly Visit[] _visits = [.. targets.Select(target => new Visit(target))];

    /// <summary>The last failure of each target that was tried, in the order of the plan.</summary>
    public IEnumerable<TargetFailure> Failures =>
        _visits.Where(visit => visit.Failure is not null).Select(visit => new TargetFailure(visit.Target.Number, visit.Target.Provider, visit.Failure!.Value, visit.Detail));

    public ChunkStep Next(DateTimeOffset now)
    {
        var open = _visits.Where(visit => !visit.IsClosed).ToList();
        if (open.Count == 0)
        {
            return new ChunkStep.GiveUp();
        }

        var next = open.FirstOrDefault(visit => visit.NotBefore <= now + rules.Patience) ?? open.MinBy(visit => visit.NotBefore)!;
        return next.NotBefore <= now ? new ChunkStep.Try(next.Target) : new ChunkStep.Wait(next.NotBefore);
    }

    /// <summary>Takes in how a try has failed.</summary>
    public void Failed(JobTarget target, ChunkOutcome outcome, DateTimeOffset now)
    {
        var visit = _visits.First(candidate => candidate.Target.Number == target.Number);
        var kind = outcome.Failure!.Value;
        (visit.Failure, visit.Detail) = (kind, outcome.Detail);
        // What was never let in front of the provider says nothing about it.
        visit.Tries += kind == ProviderFailureKind.Overloaded ? 0 : 1;
        visit.UselessAnswers += kind == ProviderFailureKind.BadResult ? 1 : 0;
        visit.IsClosed = !FailurePolicy.IsTransient(kind) || visit.Tries >= tries || visit.UselessAnswers >= rules.UselessAnswers;
        visit.NotBefore = now + Delay(outcome.RetryAfter, visit.Tries);
        foreach (var other in _visits)
        {
            other.IsClosed |= other != visit && !FailurePolicy.MovesOn(kind, other.Target.CanDoMoreThan.Contains(target.Number));
        }
    }

    /// <summary>What the provider asks for at the least, and more each time for one that keeps failing.</summary>
    private TimeSpan Delay(TimeSpan? retryAfter, int tried)
    {
        var delay = rules.DelayAfter(tried) * (1 + (number % Spread * SpreadShare / Spread));
        return delay > retryAfter.GetValueOrDefault() ? delay : retryAfter!.Value;
    }

    private sealed class Visit(JobTarget target)
    {
        public JobTarget Target => target;

        public int Tries { get; set; }

        public int UselessAnswers { get; set; }

        public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;

        public ProviderFailureKind? Failure { get; set; }

        public string? Detail { get; set; }

        public bool IsClosed { get; set; }
    }
}
