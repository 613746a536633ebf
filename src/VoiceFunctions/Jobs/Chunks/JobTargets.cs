using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Targets of a plan on their way through the orchestration and back.</summary>
internal static class JobTargets
{
    /// <exception cref="ProviderException">The app's configuration has changed: the target is no longer there.</exception>
    public static SynthesisTarget FindSynthesis(this ProviderCatalog catalog, JobTarget target) =>
        catalog.Find(target.Provider) is { Unconfigured: null } provider
        && provider.SynthesisModels.FirstOrDefault(candidate => candidate.Id == target.Model) is { } model
        && model.Voices.FirstOrDefault(candidate => candidate.Id == target.Voice) is { } voice
            ? new SynthesisTarget(provider, model, voice) { Language = target.Language, Format = AudioFormat.Wav, SampleRate = target.SampleRate, Speed = target.Speed!.Value }
            : throw Missing(target);

    /// <inheritdoc cref="FindSynthesis"/>
    public static RecognitionTarget FindRecognition(this ProviderCatalog catalog, JobTarget target) =>
        catalog.Find(target.Provider) is { Unconfigured: null } provider
        && provider.RecognitionModels.FirstOrDefault(candidate => candidate.Id == target.Model) is { } model
            ? new RecognitionTarget(provider, model) { Language = target.Language }
            : throw Missing(target);

    private static ProviderException Missing(JobTarget target) =>
        new(target.Provider, ProviderFailureKind.Unavailable, "It is no longer configured here.");
}
