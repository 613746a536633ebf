namespace VoiceFunctions.Jobs;

/// <summary>Whom to tell when a job has ended, and how far that has come.</summary>
/// <param name="Url">As the caller gave it.</param>
/// <param name="Secret">What the message is signed with, encrypted.</param>
internal sealed record JobCallback(string Url, string Secret)
{
    public CallbackState State { get; init; }

    /// <summary>Deliveries that were tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last one failed; <see langword="null"/> when none has.</summary>
    public string? LastFailure { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }
}
