using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>A way to have a result made, and what must be kept alive for it even when the call that it began with is gone.</summary>
internal sealed record SpeechMaking(Func<SpeechCall, CancellationToken, Task<MadeSpeech>> MakeAsync, IDisposable? Held = null) : IDisposable
{
    public void Dispose() => Held?.Dispose();
}
