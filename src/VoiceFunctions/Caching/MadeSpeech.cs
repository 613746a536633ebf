using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>A result fresh from its provider, and the attempts that it took.</summary>
internal sealed record MadeSpeech(CachedSpeech Speech, IReadOnlyList<SpeechAttempt> Attempts);
