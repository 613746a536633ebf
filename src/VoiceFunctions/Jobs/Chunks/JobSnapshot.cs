namespace VoiceFunctions.Jobs.Chunks;

/// <summary>The record of one job, read once for all who work on it at the same time, and again when it is no longer fresh.</summary>
internal sealed class JobSnapshot(Func<Task<Job?>> read, TimeSpan freshFor, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<Job?>? _reading;
    private long _readAt;

    /// <summary>Whoever works on the job now. Guarded by whoever keeps the snapshots.</summary>
    public int Holders { get; set; }

    /// <summary>The record as it was at the most so long ago; <see langword="null"/> when there is none.</summary>
    public Task<Job?> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_reading is null or { IsCompleted: true, IsCompletedSuccessfully: false } || (_reading.IsCompleted && time.GetElapsedTime(_readAt) >= freshFor))
            {
                _readAt = time.GetTimestamp();
                _reading = read();
            }

            return _reading.WaitAsync(cancellationToken);
        }
    }
}
