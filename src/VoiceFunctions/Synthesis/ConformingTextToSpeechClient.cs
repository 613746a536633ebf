using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

/// <summary>
/// Makes what a provider delivers into what was asked for: asks it for a format of its own, looks at every sample of what comes, and converts where format
/// or rate differ. Audio that is empty, damaged, silent or too short for its text is the provider's failure.
/// </summary>
internal sealed class ConformingTextToSpeechClient(ITextToSpeechClient inner, ProviderCatalog catalog, AudioDecoder decoder, AudioEncoder encoder, AudioCapabilities audio)
    : DelegatingTextToSpeechClient(inner)
{
    public override async Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = options.GetCall();
        var model = catalog.Find(call.Provider!)!.SynthesisModels.First(candidate => candidate.Id == options!.ModelId);
        var wanted = AudioFormats.Parse(options!.AudioFormat);
        var native = NativeFormat(model, wanted, call.SampleRate);

        var asked = options.Clone();
        asked.AudioFormat = AudioFormats.Name(native);
        var response = await InnerClient.GetAudioAsync(text, asked, cancellationToken);

        var outcome = response.GetOutcome();
        var delivered = new EncodedAudio(response.GetAudio(), native, outcome.SampleRate ?? call.SampleRate ?? model.SampleRate);
        MeasuredAudio? measured;
        PcmAudio? samples;
        try
        {
            (measured, samples) = await LookAsync(delivered, wanted, outcome.Provider, text, options, cancellationToken);
        }
        catch (ProviderException failure)
        {
            throw failure.AsBilled(outcome);
        }

        var own = measured?.SampleRate ?? delivered.SampleRate;
        var conformed = samples is null ? delivered with { Bytes = measured?.File ?? delivered.Bytes, SampleRate = own }
            : delivered.Format == wanted && wanted is not AudioFormat.Wav && own == Rate(wanted, own, call) ? delivered with { SampleRate = own }
            : await encoder.EncodeAsync(samples, wanted, Rate(wanted, own, call), cancellationToken);

        return new TextToSpeechResponse([new DataContent(conformed.Bytes, conformed.MediaType)])
        {
            ModelId = response.ModelId,
            Usage = response.Usage,
            AdditionalProperties = response.AdditionalProperties,
        }.WithOutcome(outcome with
        {
            Format = conformed.Format,
            SampleRate = conformed.SampleRate,
            Duration = measured is null ? outcome.Duration : Math.Round(measured.Duration.TotalSeconds, 3),
        });
    }

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);

    /// <summary>
    /// What the audio is measured to be, if it can be the text spoken aloud and unless nobody here can tell; and its samples when they are needed. What is passed on
    /// as it came is looked at without keeping them, for they take up to twenty times the room.
    /// </summary>
    private async Task<(MeasuredAudio? Measured, PcmAudio? Samples)> LookAsync(
        EncodedAudio delivered, AudioFormat wanted, string provider, string text, TextToSpeechOptions options, CancellationToken cancellationToken)
    {
        RefuseForeign(delivered, provider);
        try
        {
            if (delivered.Format == wanted && await PlainAudio.MeasureAsync(delivered, cancellationToken) is { File: not null } measured
                && measured.SampleRate == Rate(wanted, measured.SampleRate, options.GetCall()))
            {
                if (wanted is AudioFormat.Wav)
                {
                    Wav.PutHeader(measured.File.Value, measured.SampleRate);
                }

                return (Checked(measured), null);
            }

            var samples = await DecodeAsync(delivered, cancellationToken);
            return samples is null ? (null, null) : (Checked(MeasuredAudio.Of(samples)), samples);
        }
        catch (AudioException exception)
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, $"The audio is not usable: {exception.Message}", exception);
        }

        MeasuredAudio Checked(MeasuredAudio audio)
        {
            SpokenAudioCheck.Audible(provider, audio);
            SpokenAudioCheck.Duration(provider, text, options.GetCall().Ssml, options.Speed ?? 1, audio.Duration);
            return audio;
        }
    }

    private static int Rate(AudioFormat wanted, int own, SpeechCall call) => call.SampleRate ?? AudioFormats.RateFor(wanted, own);

    private static void RefuseForeign(EncodedAudio delivered, string provider)
    {
        if (delivered.Bytes.IsEmpty)
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, "The audio is empty.");
        }

        // For bare samples that is no container at all: a file taken for samples would be played as noise.
        if (AudioContainerDetector.Detect(Head(delivered.Bytes.Span)) != AudioFormats.Container(delivered.Format))
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, $"The audio is not the {AudioFormats.Name(delivered.Format)} that was asked for.");
        }
    }

    /// <summary>The samples; <see langword="null"/> when they are in a format that this installation cannot read, so that only the container can be checked.</summary>
    private async Task<PcmAudio?> DecodeAsync(EncodedAudio delivered, CancellationToken cancellationToken) =>
        PlainAudio.Decode(delivered, cancellationToken)
        ?? (audio.CanDecodeCompressed ? await decoder.DecodeWholeAsync(delivered.OpenRead(), delivered.SampleRate, cancellationToken) : null);

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, AudioContainerDetector.HeadBytes)];

    /// <summary>The wanted format where the provider has it and nothing is to be converted; else the best source of a conversion.</summary>
    private AudioFormat NativeFormat(SynthesisModel model, AudioFormat wanted, int? sampleRate)
    {
        var asIs = model.Formats.Contains(wanted) && (sampleRate is null || sampleRate == model.SampleRate);
        return asIs || !audio.OutputFormats.Contains(wanted) ? wanted : model.Formats[0];
    }
}
