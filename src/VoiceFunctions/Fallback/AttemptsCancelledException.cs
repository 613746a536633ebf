using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>A cancellation that tells what had been tried until then.</summary>
public sealed class AttemptsCancelledException(IReadOnlyList<SpeechAttempt> attempts, Exception innerException, CancellationToken token)
    : OperationCanceledException("The call was cancelled.", innerException, token)
{
    public IReadOnlyList<SpeechAttempt> Attempts { get; } = attempts;
}
