namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>How a try to tell a receiver has ended.</summary>
/// <param name="IsOver">Whether there is nothing left to try: it was delivered, refused for good, or given up.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone.</param>
public sealed record DeliveryEnd(bool IsOver, TimeSpan? RetryAfter);
