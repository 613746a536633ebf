using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting;

/// <summary>What the runtime says of executions: names and ids only. The start and end of one are Debug here, where the official host has Information.</summary>
internal static partial class HostLog
{
    // The keys that the official worker's log scope has.
    private static readonly Func<ILogger, string, string, IDisposable?> InvocationScope =
        LoggerMessage.DefineScope<string, string>("{AzureFunctions_FunctionName} {AzureFunctions_InvocationId}");

    public static IDisposable? BeginInvocation(ILogger logger, string functionName, string invocationId) =>
        InvocationScope(logger, functionName, invocationId);

    [LoggerMessage(1, LogLevel.Debug, "Executing 'Functions.{FunctionName}' (Id={InvocationId})")]
    public static partial void Executing(ILogger logger, string functionName, string invocationId);

    [LoggerMessage(2, LogLevel.Debug, "Executed 'Functions.{FunctionName}' (Succeeded, Id={InvocationId})")]
    public static partial void Executed(ILogger logger, string functionName, string invocationId);

    [LoggerMessage(3, LogLevel.Error, "Executed 'Functions.{FunctionName}' (Failed, Id={InvocationId})")]
    public static partial void Failed(ILogger logger, string functionName, string invocationId, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "Executed 'Functions.{FunctionName}' (Client disconnected, Id={InvocationId})")]
    public static partial void ClientGone(ILogger logger, string functionName, string invocationId);

    [LoggerMessage(5, LogLevel.Error, "'Functions.{FunctionName}' exceeded functionTimeout of host.json and is cancelled")]
    public static partial void TimedOut(ILogger logger, string functionName);

    [LoggerMessage(6, LogLevel.Debug, "Executed 'Functions.{FunctionName}' (Cancelled, Id={InvocationId})")]
    public static partial void Stopped(ILogger logger, string functionName, string invocationId);

    [LoggerMessage(7, LogLevel.Error, "'Functions.{FunctionName}' does not notice that it was cancelled, and keeps its place until it ends")]
    public static partial void IgnoresTimeout(ILogger logger, string functionName);
}
