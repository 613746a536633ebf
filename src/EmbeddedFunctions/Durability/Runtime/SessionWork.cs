namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>What a step of a session is to do.</summary>
/// <param name="Results">Results of activities and timers.</param>
/// <param name="HasMail">Whether there may be something in the inbox.</param>
/// <param name="ShallRelease">Whether it is to go to sleep.</param>
/// <param name="Fresh">The instance, when it has just been made here.</param>
/// <param name="WakeKeys">Entries of the index whose messages are in the inbox by now.</param>
internal sealed record SessionWork(IReadOnlyList<TaskResult> Results, bool HasMail, bool ShallRelease, StoredInstance? Fresh, IReadOnlyList<string> WakeKeys);
