namespace Microsoft.DurableTask;

public record StartOrchestrationOptions
{
    // Named as the official ones are, for calls by name.
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
    }

    /// <summary>A random one is made when null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The instance stays pending until then; null for at once.</summary>
    public DateTimeOffset? StartAt { get; init; }
}
