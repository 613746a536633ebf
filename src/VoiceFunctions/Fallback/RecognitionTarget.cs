using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Where a recognition can be made: everything that the caller left open is decided.</summary>
internal sealed record RecognitionTarget(SpeechProvider Provider, RecognitionModel Model)
{
    public required string? Language { get; init; }

    /// <summary>Whether this target may take what the other one has refused as wrong.</summary>
    public bool CanDoMoreThan(RecognitionTarget refused, AudioContainer container) =>
        Model.Containers.Contains(container) && !refused.Model.Containers.Contains(container);

    /// <summary>What was asked for as a call to this target, which leaves nothing open.</summary>
    /// <param name="asked">As the caller gave it.</param>
    /// <param name="recording">What is to be recognised.</param>
    /// <param name="share">The most time that one attempt may take.</param>
    public SpeechToTextOptions Resolve(SpeechToTextOptions asked, InspectedAudio recording, TimeSpan? share)
    {
        var options = asked.Clone();
        options.ModelId = Model.Id;
        options.SpeechLanguage = Language;
        var call = asked.GetCall();
        return options.WithCall(call with
        {
            Provider = Provider.Name,
            Providers = [],
            AttemptTimeout = share,
            Prompt = Model.Prompt ? call.Prompt : null,
            Container = recording.Container,
            AudioSeconds = recording.Duration.TotalSeconds,
        });
    }
}
