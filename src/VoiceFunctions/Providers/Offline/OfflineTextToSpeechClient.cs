using System.Globalization;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Speaks on this machine. Delivers WAV or bare PCM, 16-bit mono at the voice's own rate, which no option changes.</summary>
internal sealed class OfflineTextToSpeechClient(
    OfflineVoices voices,
    FliteSynthesizer? flite,
    EspeakSynthesizer espeak,
    OfflineCapacity capacity,
    TimeSpan timeout,
    TimeProvider timeProvider) : ITextToSpeechClient
{
    /// <summary>The most text of one call: what the short route takes.</summary>
    public const int MaxCharacters = 4096;

    /// <summary>What <c>duration_stretch</c> was tried with: 4 to 0.25.</summary>
    public static readonly SpeedRange FliteSpeed = new(0.25, 4);

    /// <inheritdoc/>
    /// <exception cref="ProviderException">The request cannot be served, the queue is full, or the engine failed.</exception>
    public async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var characters = CountCharacters(text);
        if (characters > MaxCharacters) throw Fail(ProviderFailureKind.InvalidRequest, $"The text is longer than {MaxCharacters} characters.");
        var format = ReadFormat(options?.AudioFormat);
        var voice = voices.Choose(text, options);
        var speed = ReadSpeed(options?.Speed, voice.Model);

        SpokenAudio audio;
        using (await capacity.EnterAsync(cancellationToken))
        {
            audio = await SpeakAsync(voice, speed, options.GetCall().Ssml, cancellationToken);
        }

        if (audio.SampleRate <= 0 || audio.IsSilent) throw Fail(ProviderFailureKind.BadResult, $"{voice.Model} made no sound of the text.");
        var content = format == AudioFormat.Wav
            ? new DataContent(audio.ToWav(), "audio/wav")
            : new DataContent(audio.ToPcm(), string.Create(CultureInfo.InvariantCulture, $"audio/L16;rate={audio.SampleRate};channels=1"));
        return new TextToSpeechResponse([content]) { ModelId = voice.Model }.WithOutcome(new SpeechOutcome
        {
            Provider = OfflineProvider.Name,
            Model = voice.Model,
            Voice = voice.Id,
            Format = format,
            SampleRate = audio.SampleRate,
            Duration = audio.Seconds,
            Units = new BilledUnits(characters, BillingUnit.Characters),
            CostUsd = 0,
        });
    }

    /// <summary>The whole of <see cref="GetAudioAsync"/> as one update: a file's header tells its length, so there is nothing to send before the end.</summary>
    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(TextToSpeechClientMetadata) ? new TextToSpeechClientMetadata(OfflineProvider.Name)
        : serviceKey is null && serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The engines belong to the provider and outlive a client.
    }

    private async Task<SpokenAudio> SpeakAsync(OfflineVoice voice, double speed, bool ssml, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return voice.Model == OfflineProvider.Flite
                ? await flite!.SpeakAsync(voice.Text, voice.Id, speed, either.Token)
                : await espeak.SpeakAsync(voice.Text, voice.Id, speed, ssml, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fail(ProviderFailureKind.Timeout, $"{voice.Model} did not finish within {timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception exception) when (exception is not (ProviderException or OperationCanceledException))
        {
            throw Fail(ProviderFailureKind.Unavailable, $"{voice.Model} failed.", exception);
        }
    }

    private static AudioFormat ReadFormat(string? format) => format?.ToLowerInvariant() switch
    {
        null or "" or "wav" or "audio/wav" => AudioFormat.Wav,
        "pcm" => AudioFormat.Pcm,
        _ => throw Fail(ProviderFailureKind.InvalidRequest, $"The offline engines deliver wav and pcm, not '{format}'."),
    };

    private static double ReadSpeed(float? speed, string model)
    {
        var (min, max) = model == OfflineProvider.Flite ? FliteSpeed : EspeakSynthesizer.Speed;
        if (speed is null) return 1;
        return speed >= min && speed <= max
            ? speed.Value
            : throw Fail(ProviderFailureKind.InvalidRequest, string.Create(CultureInfo.InvariantCulture, $"The speed of {model} is between {min} and {max}."));
    }

    private static int CountCharacters(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    private static ProviderException Fail(ProviderFailureKind kind, string message, Exception? inner = null) => new(OfflineProvider.Name, kind, message, inner);
}
