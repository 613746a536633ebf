using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Builds the provider out of what the machine has. Nothing is loaded before its first use.</summary>
internal sealed class OfflineEngines : IDisposable
{
    // A synthesis takes a quarter of a second, a recognition a few: by then a place in the queue is free.
    private static readonly TimeSpan SynthesisRetry = TimeSpan.FromSeconds(1), RecognitionRetry = TimeSpan.FromSeconds(5);
    private readonly OfflineCapacity _syntheses;
    private readonly OfflineCapacity _recognitions;
    private readonly FliteSynthesizer? _flite;
    private readonly MoonshineTranscriber? _transcriber;

    public OfflineEngines(OfflineInventory inventory, AudioDecoder decoder, IOptions<OfflineOptions> options, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        var settings = options.Value;
        _syntheses = new OfflineCapacity(settings.MaxConcurrentSyntheses, settings.QueueLimit, SynthesisRetry);
        _recognitions = new OfflineCapacity(settings.MaxConcurrentRecognitions, settings.QueueLimit, RecognitionRetry);
        if (inventory.Flite is { } flite)
        {
            _flite = new FliteSynthesizer(new FliteLoader(flite, loggers.CreateLogger<FliteLoader>()), settings.IdleUnloadAfter, timeProvider);
        }

        if (inventory.Recogniser is { } files)
        {
            _transcriber = new MoonshineTranscriber(() => new MoonshineRecogniser(files), settings.MaxConcurrentRecognitions, settings.IdleUnloadAfter, timeProvider);
        }

        var synthesis = SynthesisModels(inventory);
        ITextToSpeechClient? speaker = synthesis.Count == 0 ? null : new OfflineTextToSpeechClient(
            new OfflineVoices(inventory), _flite, new EspeakSynthesizer(settings.EspeakPath), _syntheses, settings.SynthesisTimeout, timeProvider);
        ISpeechToTextClient? listener = _transcriber is null ? null : new OfflineSpeechToTextClient(decoder, _transcriber, _recognitions);
        Provider = new SpeechProvider(OfflineProvider.Name)
        {
            Unconfigured = synthesis.Count == 0 && _transcriber is null ? string.Join(' ', inventory.Missing) : null,
            SynthesisModels = synthesis,
            RecognitionModels = _transcriber is null ? [] : [Moonshine],
            Concurrency = Math.Max(settings.MaxConcurrentSyntheses, settings.MaxConcurrentRecognitions),
            Probe = speaker is null ? null : token => ProbeAsync(speaker, listener, token),
            TextToSpeech = speaker,
            SpeechToText = listener,
        };
    }

    public SpeechProvider Provider { get; }

    /// <summary>Whether any engine is in memory.</summary>
    public bool IsLoaded => _flite is { IsLoaded: true } || _transcriber is { IsLoaded: true };

    private static RecognitionModel Moonshine => new(OfflineProvider.Moonshine)
    {
        Languages = ["en"],
        Containers = [.. Enum.GetValues<AudioContainer>().Where(container => container != AudioContainer.Unknown)],
        Timings = TimingKinds.Segment,
        Confidence = true,
        Price = ProviderPrice.Free(BillingUnit.Seconds),
    };

    public void Dispose()
    {
        _flite?.Dispose();
        _transcriber?.Dispose();
        _syntheses.Dispose();
        _recognitions.Dispose();
    }

    /// <summary>Says something and, where it can, listens to it: no other call shows that the engines work.</summary>
    private static async Task ProbeAsync(ITextToSpeechClient speaker, ISpeechToTextClient? listener, CancellationToken cancellationToken)
    {
        var spoken = await speaker.GetAudioAsync("This is a test.", options: null, cancellationToken);
        if (listener is null)
        {
            return;
        }

        using var audio = new MemoryStream(spoken.GetAudio().ToArray());
        var heard = await listener.GetTextAsync(audio, options: null, cancellationToken);
        if (heard.Text.Length == 0)
        {
            throw new ProviderException(OfflineProvider.Name, ProviderFailureKind.BadResult, "The recognition does not hear what the synthesis says.");
        }
    }

    private static ProviderVoice Describe(EspeakVoice voice) =>
        new(voice.Id) { Languages = [.. voice.Languages.Select(language => language.Key)], Gender = voice.Gender };

    private static List<SynthesisModel> SynthesisModels(OfflineInventory inventory)
    {
        var models = new List<SynthesisModel>();
        if (inventory.Flite is not null)
        {
            models.Add(new SynthesisModel(OfflineProvider.Flite)
            {
                Languages = [FliteSynthesizer.Language],
                Voices = FliteSynthesizer.Voices,
                Formats = [AudioFormat.Wav, AudioFormat.Pcm],
                Limit = new ProviderLimit(OfflineTextToSpeechClient.MaxCharacters, BillingUnit.Characters),
                SampleRate = 16000,
                Speed = OfflineTextToSpeechClient.FliteSpeed,
                CanRead = text => FliteText.TryWrite(text, out _),
                Price = ProviderPrice.Free(BillingUnit.Characters),
            });
        }

        if (inventory.EspeakVoices.Count > 0)
        {
            models.Add(new SynthesisModel(OfflineProvider.Espeak)
            {
                Languages = [.. inventory.EspeakVoices.SelectMany(voice => voice.Languages).Select(language => language.Key).Distinct()],
                Voices = [.. inventory.EspeakVoices.Select(Describe)],
                Formats = [AudioFormat.Wav, AudioFormat.Pcm],
                Limit = new ProviderLimit(OfflineTextToSpeechClient.MaxCharacters, BillingUnit.Characters),
                SampleRate = 22050,
                Speed = EspeakSynthesizer.Speed,
                Ssml = true,
                Price = ProviderPrice.Free(BillingUnit.Characters),
            });
        }

        return models;
    }
}
