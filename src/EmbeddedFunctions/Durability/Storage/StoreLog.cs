using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Durability.Storage;

internal static partial class StoreLog
{
    [LoggerMessage(1, LogLevel.Warning, "Storage of the task hub does not answer; trying again in about {Wait}")]
    public static partial void Unavailable(ILogger logger, TimeSpan wait, Exception exception);
}
