namespace VoiceFunctions.Resilience;

/// <summary>What a provider is called for. Each has a circuit of its own: a provider that cannot listen may still speak.</summary>
internal enum SpeechOperation
{
    Synthesis,
    Recognition,
}
