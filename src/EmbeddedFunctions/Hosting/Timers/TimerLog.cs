using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting.Timers;

internal static partial class TimerLog
{
    [LoggerMessage(40, LogLevel.Information, "'Functions.{FunctionName}' is due next at {Next:u}")]
    public static partial void DueNext(ILogger logger, string functionName, DateTime next);

    [LoggerMessage(41, LogLevel.Information, "'Functions.{FunctionName}' is past due and runs at once")]
    public static partial void PastDue(ILogger logger, string functionName);

    [LoggerMessage(42, LogLevel.Warning, "The state of a schedule in '{Blob}' cannot be read and is begun anew")]
    public static partial void UnreadableStatus(ILogger logger, string blob, Exception exception);

    [LoggerMessage(43, LogLevel.Warning, "The state of a schedule was not written to '{Blob}': a restart may repeat its last run")]
    public static partial void StatusNotWritten(ILogger logger, string blob, Exception exception);
}
