using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Audio;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>Synthesis: <c>POST /audio/speech</c> (https://platform.openai.com/docs/api-reference/audio/createSpeech).</summary>
internal sealed class OpenAISpeech(OpenAIClient client, IReadOnlyList<SynthesisModel> models, TimeProvider time) : ITextToSpeechClient
{
    /// <exception cref="ProviderException">The provider failed, refused, or answered what is not audio.</exception>
    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var modelId = options?.ModelId ?? models[0].Id;
        var model = models.FirstOrDefault(known => known.Id == modelId);
        var voice = options?.VoiceId ?? model?.Voices[0].Id ?? "alloy";
        var call = options.GetCall();
        var format = Enum.TryParse<AudioFormat>(options?.AudioFormat, ignoreCase: true, out var named) ? named : AudioFormat.Mp3;
        using var speech = client.GetAudioClient(modelId).AsITextToSpeechClient();
        TextToSpeechResponse response;
        try
        {
            response = await speech.GetAudioAsync(
                text,
                new TextToSpeechOptions
                {
                    VoiceId = voice,
                    AudioFormat = format.ToString(),
                    Speed = options?.Speed,
                    RawRepresentationFactory = _ => new SpeechGenerationOptions { Instructions = call.Instructions },
                },
                cancellationToken);
        }
        catch (Exception exception) when (OpenAIFailure.Is(exception))
        {
            throw OpenAIFailure.Of(exception, time);
        }

        Check(response);
        // The exchange holds the text and the key's traces; caches and jobs must not come near it.
        response.RawRepresentation = null;
        response.ModelId = modelId;
        var units = model?.Price is { Unit: BillingUnit.Characters } ? new BilledUnits(Characters(text), BillingUnit.Characters) : null;
        return response.WithOutcome(new SpeechOutcome
        {
            Provider = OpenAIProvider.Name,
            Model = modelId,
            Voice = voice,
            Format = format,
            SampleRate = format is AudioFormat.Pcm ? OpenAIModels.SampleRate : null,
            Units = units,
            CostUsd = units is null ? null : model?.Price?.Of(units.Amount),
        });
    }

    /// <summary>One update with the whole audio.</summary>
    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The transport belongs to the HTTP client factory.
    }

    /// <summary>An error in JSON under a status of 200 would else be played as PCM.</summary>
    private static void Check(TextToSpeechResponse response)
    {
        if (response.GetAudio().IsEmpty)
        {
            throw OpenAIFailure.BadResult("The answer is empty.");
        }

        if (response.RawRepresentation is ClientResult result
            && result.GetRawResponse().Headers.TryGetValue("Content-Type", out var type)
            && (type?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true || type?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) is true))
        {
            throw OpenAIFailure.BadResult($"The answer is {type.Split(';')[0]} and not audio.");
        }
    }

    private static int Characters(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
