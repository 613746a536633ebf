namespace Microsoft.DurableTask.Client;

/// <summary>Which completed, failed or terminated instances are purged; a filter that is null leaves none out.</summary>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);
