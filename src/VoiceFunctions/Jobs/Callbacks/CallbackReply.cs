namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>What came of calling a receiver.</summary>
/// <param name="State">Whether it has the message, never will, or may be tried again.</param>
/// <param name="Failure">Why it has not, in a word.</param>
internal sealed record CallbackReply(CallbackState State, string? Failure)
{
    public static readonly CallbackReply Delivered = new(CallbackState.Delivered, Failure: null);

    /// <summary>How long the receiver asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>It would end like this every time.</summary>
    public static CallbackReply Refused(string failure) => new(CallbackState.Failed, failure);

    public static CallbackReply Failed(string failure) => new(CallbackState.Pending, failure);
}
