using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Security;

namespace VoiceFunctions.Synthesis;

/// <summary>A request as the speech port takes it.</summary>
internal static class SynthesisOptions
{
    public static TextToSpeechOptions Of(SynthesisRequest request, Caller caller, DateTimeOffset? deadline)
    {
        var options = new TextToSpeechOptions
        {
            ModelId = request.Model,
            VoiceId = request.Voice,
            Language = request.Language,
            AudioFormat = AudioFormats.Name(request.AudioFormat!.Value),
            Speed = request.Speed,
        };
        return options.WithCall(new SpeechCall
        {
            Tenant = caller.Tenant,
            KeyName = caller.KeyName,
            MonthlyBudgetUsd = caller.MonthlyBudgetUsd,
            Deadline = deadline,
            Provider = request.Provider,
            Providers = request.Providers ?? [],
            Cache = request.Cache ?? CacheMode.Default,
            SampleRate = request.SampleRate,
            Instructions = request.Instructions,
            Ssml = request.Ssml ?? false,
        });
    }
}
