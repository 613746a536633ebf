using Microsoft.Azure.Functions.Worker;

namespace DurableApp;

public sealed class Activities(Effects effects)
{
    [Function(nameof(Twice))]
    public int Twice([ActivityTrigger] Step step)
    {
        effects.Note(step);
        return 2 * step.Value;
    }

    /// <summary>Fails the first time.</summary>
    [Function(nameof(Flaky))]
    public int Flaky([ActivityTrigger] Step step)
    {
        effects.Note(step);
        return effects.IsFirst(step) ? throw new InvalidOperationException("The first time fails.") : 3 * step.Value;
    }
}
