namespace Microsoft.DurableTask.Client;

/// <param name="Recursive">Whether the sub-orchestrations go too.</param>
public record PurgeInstanceOptions(bool Recursive = false);
