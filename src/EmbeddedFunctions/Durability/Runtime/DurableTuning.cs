namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>What a test of the hub sets differently.</summary>
internal sealed class DurableTuning
{
    /// <summary>Whether an execution stays in memory between its episodes. Without it each episode is a replay, with the same results.</summary>
    public bool KeepsExecutions { get; set; } = true;

    /// <summary>
    /// With more instances than this in memory, executions do not stay there between their episodes, and none are taken from sleep. With more than half of
    /// it, those that wait go to sleep at once.
    /// </summary>
    public int MostSessions { get; set; } = 1000;

    /// <summary>How long an instance that waits stays in memory.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Instances that are due within this time stay in memory, and sleeping ones are read so long before.</summary>
    public TimeSpan TimerLead { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often it is looked for instances that can go to sleep.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two looks for work of other processes.</summary>
    public TimeSpan LongestPoll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long running activities and episodes may take to end when the process stops.</summary>
    public TimeSpan StopTime { get; set; } = TimeSpan.FromSeconds(5);
}
