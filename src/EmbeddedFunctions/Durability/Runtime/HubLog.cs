using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>What the hub says: names and ids only.</summary>
internal static partial class HubLog
{
    [LoggerMessage(1, LogLevel.Information, "This process owns task hub '{Hub}'")]
    public static partial void Owned(ILogger logger, string hub);

    [LoggerMessage(2, LogLevel.Information, "Task hub '{Hub}' belongs to another process; this one starts no orchestrations until the lease lapses")]
    public static partial void NotOwned(ILogger logger, string hub);

    [LoggerMessage(3, LogLevel.Warning, "This process has lost task hub '{Hub}' and stops its work")]
    public static partial void Lost(ILogger logger, string hub);

    [LoggerMessage(4, LogLevel.Warning, "The lease of task hub '{Hub}' could not be asked for; trying again")]
    public static partial void LeaseFailed(ILogger logger, string hub, Exception exception);

    [LoggerMessage(5, LogLevel.Debug, "'{Name}' orchestration with ID '{InstanceId}' started")]
    public static partial void Started(ILogger logger, string name, string instanceId);

    [LoggerMessage(6, LogLevel.Debug, "'{Name}' orchestration with ID '{InstanceId}' ended: {Status}")]
    public static partial void Ended(ILogger logger, string name, string instanceId, History.InstanceStatus status);

    [LoggerMessage(7, LogLevel.Warning, "'{Name}' orchestration with ID '{InstanceId}' failed with {ErrorType}")]
    public static partial void Failed(ILogger logger, string name, string instanceId, string errorType);

    [LoggerMessage(8, LogLevel.Warning, "'{Name}' activity of orchestration ID '{InstanceId}' failed")]
    public static partial void ActivityFailed(ILogger logger, string name, string instanceId, Exception exception);

    [LoggerMessage(9, LogLevel.Information, "'{Name}' activity of orchestration ID '{InstanceId}' was interrupted and will run again")]
    public static partial void ActivityInterrupted(ILogger logger, string name, string instanceId);

    [LoggerMessage(10, LogLevel.Debug, "Orchestration with ID '{InstanceId}' was changed by another process and is read again")]
    public static partial void Conflict(ILogger logger, string instanceId);

    [LoggerMessage(11, LogLevel.Error, "Orchestration with ID '{InstanceId}' cannot be worked on; trying again in {Wait}")]
    public static partial void Broken(ILogger logger, string instanceId, TimeSpan wait, Exception exception);

    [LoggerMessage(12, LogLevel.Error, "A part of task hub '{Hub}' failed; it goes on")]
    public static partial void PartFailed(ILogger logger, string hub, Exception exception);
}
