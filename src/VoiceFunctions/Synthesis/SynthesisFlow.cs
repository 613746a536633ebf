using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

/// <summary>A short text on its way to speech: read, validated, spoken by the pipeline, answered.</summary>
public sealed class SynthesisFlow(ITextToSpeechClient speech, TimeProvider time)
{
    public async Task<IResult> RunAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(http, time, cancellationToken);
        return await deadline.RunAsync<IResult>(async token =>
        {
            var request = await SynthesisRequestReader.ReadAsync(http, token);
            SynthesisRequestValidator.Validate(request);
            var response = await speech.GetAudioAsync(request.Text!, Options(request), token);
            return new SynthesisResult(response.GetOutcome(), response.GetAudio(), AcceptHeader.PrefersJson(http));
        });
    }

    private static TextToSpeechOptions Options(SynthesisRequest request)
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
            Provider = request.Provider,
            Providers = request.Providers ?? [],
            Cache = request.Cache ?? CacheMode.Default,
            SampleRate = request.SampleRate,
            Instructions = request.Instructions,
            Ssml = request.Ssml ?? false,
        });
    }
}
