using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Where a synthesis can be made: everything that the caller left open is decided.</summary>
internal sealed record SynthesisTarget(SpeechProvider Provider, SynthesisModel Model, ProviderVoice Voice)
{
    public required string? Language { get; init; }

    public required AudioFormat Format { get; init; }

    /// <summary>Hertz; <see langword="null"/> for the voice's own.</summary>
    public required int? SampleRate { get; init; }

    public required float Speed { get; init; }

    /// <summary>Whether this target may take what the other one has refused as wrong.</summary>
    public bool CanDoMoreThan(SynthesisTarget refused, SpeechCall call) =>
        (call.Instructions is not null && Model.Instructions && !refused.Model.Instructions)
        || (Model.Limit.Unit == refused.Model.Limit.Unit && Model.Limit.Amount > refused.Model.Limit.Amount);

    /// <summary>What was asked for as a call to this target, which leaves nothing open.</summary>
    /// <param name="asked">As the caller gave it.</param>
    /// <param name="share">The most time that one attempt may take.</param>
    public TextToSpeechOptions Resolve(TextToSpeechOptions asked, TimeSpan? share)
    {
        var options = asked.Clone();
        options.ModelId = Model.Id;
        options.VoiceId = Voice.Id;
        options.Language = Language;
        options.AudioFormat = AudioFormats.Name(Format);
        options.Speed = Speed;
        var call = asked.GetCall();
        return options.WithCall(call with
        {
            Provider = Provider.Name,
            Providers = [],
            AttemptTimeout = share,
            SampleRate = SampleRate,
            Instructions = Model.Instructions ? call.Instructions : null,
        });
    }
}
