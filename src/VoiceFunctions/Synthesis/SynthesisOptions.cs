using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

/// <summary>A request as the speech port takes it.</summary>
internal static class SynthesisOptions
{
    public static TextToSpeechOptions Of(SynthesisRequest request, string tenant, string? keyName, DateTimeOffset? deadline)
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
            Tenant = tenant,
            KeyName = keyName,
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
