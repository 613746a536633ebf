using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Yandex;

/// <summary>SpeechKit synchronous recognition, API v1 (https://yandex.cloud/en/docs/speechkit/stt/api/request-api).</summary>
internal sealed class YandexSpeechToTextClient(IHttpClientFactory clients, IOptions<YandexOptions> options, TimeProvider time) : ISpeechToTextClient
{
    private const long MaxAnswerBytes = 1024 * 1024;

    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        var model = YandexModels.Recognition.FirstOrDefault(model => model.Id == options?.ModelId) ?? throw YandexProvider.Refuse("The model is not known.");
        var language = options?.SpeechLanguage is { } tag ? LanguageFor(tag, model) : null;
        using var buffer = new MemoryStream();
        await audioSpeechStream.CopyToAsync(buffer, cancellationToken);
        var audio = YandexAudio.From(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), call.Container);
        var seconds = audio.Seconds ?? call.AudioSeconds;
        if (audio.Bytes.Length > YandexModels.MaxAudioBytes || seconds > YandexModels.MaxAudioSeconds)
        {
            throw YandexProvider.Refuse($"The audio is larger than {YandexModels.MaxAudioBytes} bytes or longer than {YandexModels.MaxAudioSeconds} s.");
        }

        using var content = new ReadOnlyMemoryContent(audio.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        var answer = await YandexProvider.PostAsync(
            clients.CreateClient(YandexProvider.HttpClient),
            Settings,
            YandexProvider.Address(Settings.RecognitionEndpoint, $"speech/v1/stt:recognize?{Query(language, model, audio)}"),
            content,
            wantsAudio: false,
            MaxAnswerBytes,
            time,
            cancellationToken);
        // Begun quarters of a minute are billed: https://yandex.cloud/en/docs/speechkit/pricing#rules-stt-short
        var billed = seconds is { } heard ? (decimal)Math.Ceiling(heard / 15) * 15 : default(decimal?);
        return new SpeechToTextResponse(Parse(answer)) { ModelId = model.Id }.WithOutcome(new SpeechOutcome
        {
            Provider = YandexProvider.Name,
            Model = model.Id,
            Language = language is null ? null : options!.SpeechLanguage,
            Units = billed is { } units ? new(units, BillingUnit.Seconds) : null,
            CostUsd = billed is { } priced ? model.Price?.Of(priced) : null,
        });
    }

    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(SpeechToTextClientMetadata) ? new SpeechToTextClientMetadata(YandexProvider.Name, Settings.RecognitionEndpoint)
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private YandexOptions Settings => options.Value;

    /// <summary>Yandex has one region a language, and its own for Hebrew.</summary>
    private static string LanguageFor(string tag, RecognitionModel model)
    {
        var language = tag.Split('-', 2)[0];
        var match = model.Languages.FirstOrDefault(known => known.StartsWith($"{language}-", StringComparison.OrdinalIgnoreCase))
            ?? throw YandexProvider.Refuse("Yandex does not recognise the language.", ProviderFailureKind.UnsupportedLanguage);
        return match is "he-IL" ? "he-HE" : match;
    }

    private static string Parse(byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, YandexJsonContext.Default.YandexRecognition)?.Result
                ?? throw YandexProvider.Refuse("The answer holds no result.", ProviderFailureKind.BadResult);
        }
        catch (JsonException)
        {
            // The exception is not kept: its message can quote the answer.
            throw YandexProvider.Refuse("The answer is not the JSON expected.", ProviderFailureKind.BadResult);
        }
    }

    private string Query(string? language, RecognitionModel model, YandexAudio audio)
    {
        var query = $"lang={language ?? "auto"}&topic={model.Id}&format={audio.Format}";
        if (audio.SampleRate is { } hertz)
        {
            query += $"&sampleRateHertz={hertz.ToString(CultureInfo.InvariantCulture)}";
        }

        return Settings.FolderId is { Length: > 0 } folder ? $"{query}&folderId={Uri.EscapeDataString(folder)}" : query;
    }
}
