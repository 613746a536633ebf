namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>How a hub runs. host.json sets the first four; the rest is for tests.</summary>
internal sealed record DurableSettings
{
    /// <summary>The official default for an app that is not on Azure.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>The setting that has the connection string of the storage account.</summary>
    public string ConnectionName { get; init; } = "AzureWebJobsStorage";

    /// <summary>Episodes at a time.</summary>
    public int MaxOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Activities at a time.</summary>
    public int MaxActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Whether an execution stays in memory between its episodes. Without it each episode is a replay, with the same results.</summary>
    public bool KeepsExecutions { get; init; } = true;

    /// <summary>How long an instance that waits stays in memory.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Instances whose next timer is due within this time stay in memory, and sleeping ones are loaded so long before.</summary>
    public TimeSpan TimerLead { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the hub belongs to a process that does not renew its lease. Azure takes 15 to 60 seconds.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest wait between two looks for work of other processes.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long running activities and episodes may take to end when the process stops.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(5);
}
