namespace VoiceFunctions.Providers;

/// <summary>One try at one provider. <see cref="Outcome"/> is <c>ok</c> or the name of a <see cref="ProviderFailureKind"/>; <see cref="Elapsed"/> is in seconds.</summary>
public sealed record SpeechAttempt(string Provider, string? Model, string Outcome, string? Detail, double Elapsed);
