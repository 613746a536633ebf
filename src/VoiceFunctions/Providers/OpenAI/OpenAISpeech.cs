using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>Synthesis: <c>POST /audio/speech</c> (https://platform.openai.com/docs/api-reference/audio/createSpeech).</summary>
internal sealed class OpenAISpeech(OpenAIClient client, IReadOnlyList<SynthesisModel> models, TimeProvider time) : ITextToSpeechClient
{
    /// <summary>An hour and a half of WAV: no text that a call takes is so long.</summary>
    private const long MaxAnswerBytes = 256 * 1024 * 1024;

    /// <exception cref="ProviderException">The provider failed, refused, or answered what is not audio.</exception>
    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var modelId = options?.ModelId ?? models[0].Id;
        var model = models.FirstOrDefault(known => known.Id == modelId);
        var voice = options?.VoiceId ?? model?.Voices[0].Id ?? "alloy";
        var call = options.GetCall();
        var format = Enum.TryParse<AudioFormat>(options?.AudioFormat, ignoreCase: true, out var named) ? named : AudioFormat.Mp3;
        var request = JsonSerializer.SerializeToUtf8Bytes(
            new OpenAISpeechRequest(modelId, text, voice, AudioFormats.Name(format), options?.Speed, call.Instructions), OpenAIJsonContext.Default.OpenAISpeechRequest);
        byte[] audio;
        try
        {
            // The client would buffer the audio twice over.
            var result = await client.GetAudioClient(modelId).GenerateSpeechAsync(
                BinaryContent.Create(BinaryData.FromBytes(request)), new RequestOptions { BufferResponse = false, CancellationToken = cancellationToken });
            using var answer = result.GetRawResponse();
            audio = await ReadAsync(answer, cancellationToken);
        }
        catch (Exception exception) when (OpenAIFailure.Is(exception))
        {
            throw OpenAIFailure.Of(exception, time);
        }

        var units = model?.Price is { Unit: BillingUnit.Characters } ? new BilledUnits(Characters(text), BillingUnit.Characters) : null;
        return new TextToSpeechResponse([new DataContent(audio, AudioFormats.MediaType(format, OpenAIModels.SampleRate))]) { ModelId = modelId }.WithOutcome(new SpeechOutcome
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

    private static async Task<byte[]> ReadAsync(PipelineResponse answer, CancellationToken cancellationToken)
    {
        // An error in JSON under a status of 200 would else be played as PCM.
        if (answer.Headers.TryGetValue("Content-Type", out var type)
            && (type?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true || type?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) is true))
        {
            throw OpenAIFailure.BadResult($"The answer is {type.Split(';')[0]} and not audio.");
        }

        using var content = new StreamContent(answer.ContentStream ?? Stream.Null);
        content.Headers.ContentLength = answer.Headers.TryGetValue("Content-Length", out var written) && long.TryParse(written, CultureInfo.InvariantCulture, out var length) ? length : null;
        var audio = await ProviderHttp.ReadAsync(content, OpenAIProvider.Name, MaxAnswerBytes, cancellationToken);
        return audio.Length > 0 ? audio : throw OpenAIFailure.BadResult("The answer is empty.");
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
