using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>What the runtime says of blobs: never their names, which are their owners' affair.</summary>
internal static partial class BlobLog
{
    [LoggerMessage(60, LogLevel.Information, "'Functions.{FunctionName}' watches the container '{Container}'")]
    public static partial void Watches(ILogger logger, string functionName, string container);

    [LoggerMessage(61, LogLevel.Warning, "Try {Try} of {Tries} of 'Functions.{FunctionName}' for the blob version {ETag} failed")]
    public static partial void TryFailed(ILogger logger, int @try, int tries, string functionName, string eTag);

    [LoggerMessage(62, LogLevel.Error, "'Functions.{FunctionName}' gave the blob version {ETag} up after {Tries} tries: the queue webjobs-blobtrigger-poison names it")]
    public static partial void GivenUp(ILogger logger, string functionName, string eTag, int tries);

    [LoggerMessage(63, LogLevel.Warning, "The container '{Container}' could not be scanned and is tried again")]
    public static partial void NotScanned(ILogger logger, string container, Exception exception);

    [LoggerMessage(64, LogLevel.Warning, "The progress of a scan in '{Blob}' cannot be read: every blob is looked at again")]
    public static partial void UnreadableProgress(ILogger logger, string blob, Exception exception);

    [LoggerMessage(65, LogLevel.Warning, "The state of a blob could not be read or written, and is tried again")]
    public static partial void StateNotReached(ILogger logger, Exception exception);
}
