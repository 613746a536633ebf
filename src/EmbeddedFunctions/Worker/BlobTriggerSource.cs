namespace Microsoft.Azure.Functions.Worker;

public enum BlobTriggerSource
{
    /// <summary>The container is listed again and again.</summary>
    LogsAndContainerScan,

    /// <summary>Event Grid tells of changes, which it does on Azure only: the embedded runtime refuses an enabled function with it.</summary>
    EventGrid,
}
