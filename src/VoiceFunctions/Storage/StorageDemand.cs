using VoiceFunctions.Problems;

namespace VoiceFunctions.Storage;

/// <summary>Runs what cannot be done without storage.</summary>
internal static class StorageDemand
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    /// <exception cref="ProblemException">Storage is away, or what was run has thrown it.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (StorageFailure.Is(exception, cancellationToken))
        {
            throw new ProblemException(ProblemKind.StorageUnavailable, "Jobs and uploads are in storage, which cannot be reached.", exception) { RetryAfter = RetryAfter };
        }
    }
}
