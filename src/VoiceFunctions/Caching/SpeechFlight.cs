using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>The making of one result, for everybody who waits for it.</summary>
internal sealed class SpeechFlight(SpeechQuery query)
{
    public SpeechCacheKey Key => query.Key;

    /// <inheritdoc cref="SpeechCall.AttemptTimeout"/>
    public TimeSpan? Share => query.Call.AttemptTimeout;

    /// <inheritdoc cref="SpeechQuery.Timings"/>
    public TimingKinds Timings => query.Timings;

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationTokenSource Stop { get; } = new();

    public TaskCompletionSource<Landing> Landed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many wait. Changed under the lock of <see cref="SpeechFlights"/>, as is <see cref="IsBorne"/>.</summary>
    public int Waiting { get; set; } = 1;

    /// <summary>Whether somebody who is there to be told answers for the attempts and their costs: at first the one whose call it is.</summary>
    public bool IsBorne { get; set; } = true;
}
