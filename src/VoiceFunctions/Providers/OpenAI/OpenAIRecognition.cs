using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>Recognition: <c>POST /audio/transcriptions</c> (https://platform.openai.com/docs/api-reference/audio/createTranscription).</summary>
internal sealed class OpenAIRecognition(OpenAIClient client, IReadOnlyList<RecognitionModel> models, TimeProvider time) : ISpeechToTextClient
{
    /// <exception cref="ProviderException">The provider failed, refused, or answered what is not a transcription.</exception>
    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var modelId = options?.ModelId ?? models[0].Id;
        var model = models.FirstOrDefault(known => known.Id == modelId);
        var call = options.GetCall();
        var form = Form(audioSpeechStream, modelId, model, options?.SpeechLanguage, call);
        try
        {
            var result = await client.GetAudioClient(modelId).TranscribeAudioAsync(
                form, form.MediaType!, new RequestOptions { CancellationToken = cancellationToken });
            return Response(Parse(result.GetRawResponse().Content), modelId, model, call);
        }
        catch (Exception exception) when (OpenAIFailure.Is(exception))
        {
            throw OpenAIFailure.Of(exception, time);
        }
    }

    /// <summary>One update with the whole text.</summary>
    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The transport belongs to the HTTP client factory.
    }

    private static OpenAIForm Form(Stream audio, string modelId, RecognitionModel? model, string? language, SpeechCall call)
    {
        var form = new OpenAIForm(audio, call.Container).Add("model", modelId);
        var code = OpenAILanguages.Code(language);
        // gpt-transcribe takes hints of several languages in place of the one.
        form.Add(modelId.StartsWith("gpt-transcribe", StringComparison.Ordinal) ? "languages[]" : "language", code);
        if (model is { Prompt: true })
        {
            form.Add("prompt", call.Prompt);
        }

        if (model is { Diarization: true })
        {
            // Required beyond 30 s; the server finds the pauses to cut at.
            return form.Add("response_format", "diarized_json").Add("chunking_strategy", "auto");
        }

        if (model is not { Timings: not TimingKinds.None })
        {
            return form.Add("response_format", "json");
        }

        // Segments cost no time and bring the duration and the language with them; words cost time, so they are had only on request.
        form.Add("response_format", "verbose_json").Add("timestamp_granularities[]", "segment");
        return call.Timings.HasFlag(TimingKinds.Word) ? form.Add("timestamp_granularities[]", "word") : form;
    }

    private static OpenAITranscription Parse(BinaryData body)
    {
        try
        {
            return body.ToMemory() is { Length: > 0 } json && JsonSerializer.Deserialize(json.Span, OpenAIJsonContext.Default.OpenAITranscription) is { Text: not null } parsed
                ? parsed
                : throw OpenAIFailure.BadResult("The answer holds no text.");
        }
        catch (JsonException exception)
        {
            throw OpenAIFailure.BadResult("The answer is not the JSON that it should be.", exception);
        }
    }

    private static SpeechToTextResponse Response(OpenAITranscription heard, string modelId, RecognitionModel? model, SpeechCall call)
    {
        SpeechSegment[] segments = [.. (heard.Segments ?? []).Select(Segment).OfType<SpeechSegment>()];
        SpeechWord[] words = [.. (heard.Words ?? []).Select(Word).OfType<SpeechWord>()];
        var billed = heard.Billed is { Type: "duration", Seconds: { } seconds } ? seconds : heard.Duration ?? call.AudioSeconds;
        var units = model?.Price is { Unit: BillingUnit.Seconds } && billed is { } amount ? new BilledUnits((decimal)amount, BillingUnit.Seconds) : null;
        return new SpeechToTextResponse(heard.Text!.Trim())
        {
            ModelId = modelId,
            StartTime = segments is [var first, ..] ? TimeSpan.FromSeconds(first.Start) : null,
            EndTime = segments is [.., var last] ? TimeSpan.FromSeconds(last.End) : null,
        }.WithOutcome(new SpeechOutcome
        {
            Provider = OpenAIProvider.Name,
            Model = modelId,
            Duration = heard.Duration,
            Language = OpenAILanguages.Heard(heard),
            Segments = segments,
            Words = words,
            Units = units,
            CostUsd = units is null ? null : model?.Price?.Of(units.Amount),
        });
    }

    /// <summary>Without both times there is no segment: none is made up.</summary>
    private static SpeechSegment? Segment(OpenAITranscription.Segment segment) => segment is { Start: { } start, End: { } end }
        ? new SpeechSegment(start, end, segment.Text?.Trim() ?? "") { Speaker = segment.Speaker }
        : null;

    private static SpeechWord? Word(OpenAITranscription.Word word) => word is { Start: { } start, End: { } end, Text: { } text } ? new SpeechWord(text, start, end) : null;
}
