namespace VoiceFunctions.Jobs.Requests;

/// <summary>Whether the receiver of a job's end has been told. The address stays out: it may hold what only the two of them know.</summary>
internal sealed record JobCallbackDocument(CallbackState State, int Attempts, DateTimeOffset? LastAttemptAt, string? LastFailure);
