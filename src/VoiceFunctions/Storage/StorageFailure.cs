using Azure;
using Azure.Identity;

namespace VoiceFunctions.Storage;

/// <summary>What the storage clients throw when storage is away, too slow, or does not let the app in.</summary>
internal static class StorageFailure
{
    /// <param name="exception">What a call of a storage client ended with.</param>
    /// <param name="caller">The token of that call: a cancellation that it did not ask for is a time-out of the network.</param>
    public static bool Is(Exception exception, CancellationToken caller) => exception switch
    {
        RequestFailedException or AuthenticationFailedException => true,
        // One for each try.
        AggregateException tries => tries.InnerExceptions.All(inner => Is(inner, caller)),
        OperationCanceledException => !caller.IsCancellationRequested,
        _ => false,
    };
}
