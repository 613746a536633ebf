using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>What a notification begins with.</summary>
/// <param name="Job">Which job has ended.</param>
/// <param name="Rules">How it is tried again.</param>
public sealed record NotifyInput(JobReference Job, CallbackRules Rules);
