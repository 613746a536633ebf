using Azure;

namespace EmbeddedFunctions.Hosting.Storage;

/// <summary>Calls of storage that have to succeed before the work can go on, however long that takes.</summary>
internal static class StorageAttempts
{
    /// <param name="call">What to do; an outcome that is no trouble of storage is not an exception of it.</param>
    /// <param name="report">Told of every failure.</param>
    /// <param name="time">Between the attempts.</param>
    /// <param name="cancellationToken">Ends them.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, Action<Exception> report, TimeProvider time, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(time);
        while (true)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (Exception exception) when (IsTrouble(exception, cancellationToken))
            {
                report(exception);
                await backoff.DelayAsync(cancellationToken);
            }
        }
    }

    /// <summary>A failed request, several of the SDK's own attempts, or one that was given up for its time.</summary>
    public static bool IsTrouble(Exception exception, CancellationToken cancellationToken) =>
        exception is RequestFailedException or AggregateException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
