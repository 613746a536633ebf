using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(20, LogLevel.Debug, "This process owns '{Lease}'")]
    public static partial void Owned(ILogger logger, string lease);

    [LoggerMessage(21, LogLevel.Information, "Another process owns '{Lease}': this one stands by")]
    public static partial void StandsBy(ILogger logger, string lease);

    [LoggerMessage(22, LogLevel.Warning, "This process has lost '{Lease}'")]
    public static partial void Lost(ILogger logger, string lease);

    [LoggerMessage(23, LogLevel.Warning, "'{Lease}' could not be renewed and is tried again")]
    public static partial void NotRenewed(ILogger logger, string lease, Exception exception);

    [LoggerMessage(24, LogLevel.Debug, "'{Lease}' could not be given back and runs out")]
    public static partial void NotReleased(ILogger logger, string lease, Exception exception);

    [LoggerMessage(25, LogLevel.Warning, "The work of '{Lease}' failed and is tried again")]
    public static partial void WorkFailed(ILogger logger, string lease, Exception exception);
}
