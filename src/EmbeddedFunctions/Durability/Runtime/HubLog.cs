using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>What the hub says: names and ids only.</summary>
internal static partial class HubLog
{
    [LoggerMessage(5, LogLevel.Debug, "'{Name}' orchestration with ID '{InstanceId}' started")]
    public static partial void Started(ILogger logger, string name, string instanceId);

    [LoggerMessage(6, LogLevel.Debug, "'{Name}' orchestration with ID '{InstanceId}' ended: {Status}")]
    public static partial void Ended(ILogger logger, string name, string instanceId, History.InstanceStatus status);

    [LoggerMessage(7, LogLevel.Warning, "'{Name}' orchestration with ID '{InstanceId}' failed with {ErrorType}")]
    public static partial void Failed(ILogger logger, string name, string instanceId, string errorType);

    [LoggerMessage(9, LogLevel.Information, "'{Name}' activity of orchestration ID '{InstanceId}' was interrupted and will run again")]
    public static partial void ActivityInterrupted(ILogger logger, string name, string instanceId);

    [LoggerMessage(10, LogLevel.Debug, "Orchestration with ID '{InstanceId}' was changed by another process and is read again")]
    public static partial void Conflict(ILogger logger, string instanceId);

    [LoggerMessage(11, LogLevel.Error, "Orchestration with ID '{InstanceId}' cannot be worked on; trying again in {Wait}")]
    public static partial void Broken(ILogger logger, string instanceId, TimeSpan wait, Exception exception);

    [LoggerMessage(12, LogLevel.Error, "A part of task hub '{Hub}' failed; it goes on")]
    public static partial void PartFailed(ILogger logger, string hub, Exception exception);
}
