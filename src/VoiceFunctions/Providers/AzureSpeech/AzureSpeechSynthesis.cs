using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>Synthesis: https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech.</summary>
internal sealed class AzureSpeechSynthesis(
    HttpClient client, AzureSpeechEndpoints endpoints, AzureSpeechAuthorization authorization, IReadOnlyList<SynthesisModel> models, TimeProvider time)
    : ITextToSpeechClient
{
    /// <summary>Ten minutes of PCM at 48 kHz are 57.6 MB, and no answer is longer.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Speech this close to the cut is taken for cut off: encoders pad the end by less.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <exception cref="ProviderException">The provider failed, refused, or answered what is not the whole audio; or the caller's SSML is not acceptable.</exception>
    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var model = models.FirstOrDefault(known => known.Id == options?.ModelId) ?? models[0];
        var voice = options?.VoiceId ?? model.Voices[0].Id;
        var call = options.GetCall();
        var output = AzureOutputFormat.Of(
            Enum.TryParse<AudioFormat>(options?.AudioFormat, ignoreCase: true, out var named) ? named : AudioFormat.Mp3, call.SampleRate);
        var ssml = AzureSsml.Compose(text, call.Ssml, voice, options?.Language, options?.Speed);
        var audio = await SendAsync(ssml, output, cancellationToken);
        var units = AzureSsml.Billable(ssml);
        return new TextToSpeechResponse([new DataContent(audio, MediaType(output.Format))]) { ModelId = model.Id }.WithOutcome(new SpeechOutcome
        {
            Provider = AzureSpeechProvider.Name,
            Model = model.Id,
            Voice = voice,
            Format = output.Format,
            SampleRate = output.Format is AudioFormat.Opus ? null : output.SampleRate,
            Units = new BilledUnits(units, BillingUnit.Characters),
            CostUsd = model.Price?.Of(units),
        });
    }

    /// <summary>One update with the whole audio.</summary>
    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The client belongs to the HTTP client factory.
    }

    private async Task<byte[]> SendAsync(string ssml, AzureOutputFormat output, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoints.Synthesis)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(ssml)) { Headers = { ContentType = new MediaTypeHeaderValue("application/ssml+xml") } },
        };
        request.Headers.Add("X-Microsoft-OutputFormat", output.Header);
        await authorization.ApplyAsync(request, synthesis: true, cancellationToken);
        using var response = await ProviderHttp.SendAsync(client, AzureSpeechProvider.Name, request, time, cancellationToken);
        // An error in JSON under a status of 200 would else be played as PCM.
        if (response.Content.Headers.ContentType?.MediaType is { } type && (type is "application/json" || type.StartsWith("text/", StringComparison.Ordinal)))
        {
            throw BadResult($"The answer is {type} and not audio.");
        }

        var audio = await ProviderHttp.ReadAsync(response.Content, AzureSpeechProvider.Name, MaxBytes, cancellationToken);
        if (audio.Length == 0)
        {
            throw BadResult("The answer is empty.");
        }

        return output.Seconds(audio) >= (AzureSpeechModels.Longest - Margin).TotalSeconds
            ? throw BadResult("The speech was cut off at 10 minutes.")
            : audio;
    }

    private static string MediaType(AudioFormat format) => format switch
    {
        AudioFormat.Wav => "audio/wav",
        AudioFormat.Pcm => "audio/L16",
        AudioFormat.Opus => "audio/ogg",
        _ => "audio/mpeg",
    };

    private static ProviderException BadResult(string message) => new(AzureSpeechProvider.Name, ProviderFailureKind.BadResult, message);
}
