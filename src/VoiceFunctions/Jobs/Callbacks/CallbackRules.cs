namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>How a delivery is tried again, as it was configured when its job was started.</summary>
public sealed record CallbackRules(TimeSpan FirstRetry, TimeSpan LongestRetry, TimeSpan GiveUpAfter)
{
    internal static CallbackRules Of(CallbackOptions options) => new(options.FirstRetry, options.LongestRetry, options.GiveUpAfter);
}
