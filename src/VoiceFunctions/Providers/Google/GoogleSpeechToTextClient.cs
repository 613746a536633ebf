using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Google;

/// <summary>Cloud Speech-to-Text v1, <c>speech:recognize</c> (https://cloud.google.com/speech-to-text/docs/reference/rest/v1/speech/recognize).</summary>
internal sealed class GoogleSpeechToTextClient(IHttpClientFactory clients, IOptions<GoogleOptions> options, TimeProvider time) : ISpeechToTextClient
{
    private const long MaxAnswerBytes = 16 * 1024 * 1024;

    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        var model = GoogleModels.Recognition.FirstOrDefault(model => model.Id == options?.ModelId) ?? throw GoogleProvider.Refuse("The model is not known.");
        var language = options?.SpeechLanguage ?? throw GoogleProvider.Refuse("Google must be told the language that is spoken.");
        // WAV and FLAC name their own rate. Opus decodes at 48 kHz whatever it was made from (RFC 7845, 5.1).
        var (encoding, sampleRate) = call.Container switch
        {
            AudioContainer.Wav => ("LINEAR16", default(int?)),
            AudioContainer.Flac => ("FLAC", null),
            AudioContainer.Ogg => ("OGG_OPUS", 48_000),
            _ => throw GoogleProvider.Refuse("The audio is in no container that Google takes."),
        };
        var config = new GoogleRecognizeRequest.RecognitionConfig(
            encoding,
            sampleRate,
            GoogleLanguages.Resolve(language) ?? throw GoogleProvider.Refuse("The language is not recognised.", ProviderFailureKind.UnsupportedLanguage),
            model.Id)
        {
            EnableWordTimeOffsets = call.Timings is not TimingKinds.None || call.Diarize ? true : null,
            DiarizationConfig = call.Diarize ? new(true) : null,
            SpeechContexts = GooglePhrases.Split(call.Prompt) is { Count: > 0 } phrases ? [new(phrases)] : null,
        };
        var answer = await GoogleProvider.PostAsync(
            clients.CreateClient(GoogleProvider.HttpClient),
            GoogleProvider.Address(Settings.RecognitionEndpoint, "v1/speech:recognize"),
            new GoogleRecognizeRequest(config, new(await ReadAsync(audioSpeechStream, cancellationToken))),
            GoogleJsonContext.Default.GoogleRecognizeRequest,
            GoogleJsonContext.Default.GoogleRecognizeResponse,
            MaxAnswerBytes,
            time,
            cancellationToken);
        var transcript = GoogleTranscript.From(answer, call.Diarize);
        // Begun seconds are billed, where the answer does not name the sum: https://cloud.google.com/speech-to-text/pricing
        var seconds = GoogleDuration.Parse(answer.TotalBilledTime) ?? (call.AudioSeconds is { } heard ? Math.Ceiling(heard) : null);
        var billed = (decimal?)seconds;
        return new SpeechToTextResponse(transcript.Text) { ModelId = model.Id }.WithOutcome(new SpeechOutcome
        {
            Provider = GoogleProvider.Name,
            Model = model.Id,
            Language = transcript.Language ?? language,
            Confidence = model.Confidence ? transcript.Confidence : null,
            Segments = model.Confidence ? transcript.Segments : [.. transcript.Segments.Select(segment => segment with { Confidence = null })],
            Words = transcript.Words,
            Units = billed is { } units ? new(units, BillingUnit.Seconds) : null,
            CostUsd = billed is { } priced ? model.Price?.Of(priced) : null,
        });
    }

    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(SpeechToTextClientMetadata) ? new SpeechToTextClientMetadata(GoogleProvider.Name, Settings.RecognitionEndpoint)
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private GoogleOptions Settings => options.Value;

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream audio, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await audio.CopyToAsync(buffer, cancellationToken);
        return buffer.Length switch
        {
            0 => throw GoogleProvider.Refuse("There is no audio."),
            > GoogleModels.MaxAudioBytes => throw GoogleProvider.Refuse($"The audio is larger than {GoogleModels.MaxAudioBytes} bytes."),
            _ => buffer.GetBuffer().AsMemory(0, (int)buffer.Length),
        };
    }
}
