using System.Runtime.InteropServices;
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
        var delivered = new EncodedAudio(response.GetAudio(), outcome.Format ?? native, outcome.SampleRate ?? call.SampleRate ?? model.SampleRate);
        PcmAudio? pcm;
        try
        {
            pcm = await CheckAsync(delivered, native, outcome.Provider, text, options, cancellationToken);
        }
        catch (ProviderException failure)
        {
            throw failure.AsBilled(outcome);
        }

        var conformed = delivered;
        if (pcm is not null)
        {
            var rate = call.SampleRate ?? AudioFormats.RateFor(wanted, pcm.SampleRate);
            // What has a header of its own is passed on as it came. WAV is not: who writes it while speaking leaves the length open.
            conformed = native == wanted && pcm.SampleRate == rate && wanted is not AudioFormat.Wav
                ? delivered with { SampleRate = rate }
                : await encoder.EncodeAsync(pcm, wanted, rate, cancellationToken);
        }

        return new TextToSpeechResponse([new DataContent(conformed.Bytes, conformed.MediaType)])
        {
            ModelId = response.ModelId,
            Usage = response.Usage,
            AdditionalProperties = response.AdditionalProperties,
        }.WithOutcome(outcome with
        {
            Format = conformed.Format,
            SampleRate = conformed.SampleRate,
            Duration = pcm is null ? outcome.Duration : Math.Round(pcm.Duration.TotalSeconds, 3),
        });
    }

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);

    /// <summary>The samples, if they can be the text spoken aloud; <see langword="null"/> when nobody here can tell.</summary>
    private async Task<PcmAudio?> CheckAsync(
        EncodedAudio delivered, AudioFormat asked, string provider, string text, TextToSpeechOptions options, CancellationToken cancellationToken)
    {
        var pcm = await DecodeAsync(delivered, asked, provider, cancellationToken);
        if (pcm is not null)
        {
            SpokenAudioCheck.Audible(provider, pcm);
            SpokenAudioCheck.Duration(provider, text, options.GetCall().Ssml, options.Speed ?? 1, pcm.Duration);
        }

        return pcm;
    }

    /// <summary>The samples; <see langword="null"/> when they are in a format that this installation cannot read, so that only the container can be checked.</summary>
    private async Task<PcmAudio?> DecodeAsync(EncodedAudio delivered, AudioFormat asked, string provider, CancellationToken cancellationToken)
    {
        if (delivered.Bytes.IsEmpty)
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, "The audio is empty.");
        }

        // For bare samples that is no container at all: a file taken for samples would be played as noise.
        if (AudioContainerDetector.Detect(Head(delivered.Bytes.Span)) != AudioFormats.Container(asked))
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, $"The audio is not the {AudioFormats.Name(asked)} that was asked for.");
        }

        try
        {
            return asked switch
            {
                AudioFormat.Pcm => FromSamples(delivered),
                AudioFormat.Wav => Wav.Parse(delivered.Bytes),
                _ when decoder.DecodePlain(delivered) is { } plain => plain,
                _ when audio.CanDecodeCompressed => await decoder.DecodeWholeAsync(delivered.OpenRead(), delivered.SampleRate, cancellationToken),
                _ => null,
            };
        }
        catch (AudioException exception)
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, $"The audio is not usable: {exception.Message}", exception);
        }
    }

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, AudioContainerDetector.HeadBytes)];

    private static PcmAudio FromSamples(EncodedAudio delivered)
    {
        // An odd last byte is half a sample: the rest of it never came.
        var stored = MemoryMarshal.Cast<byte, short>(delivered.Bytes.Span);
        var samples = new float[stored.Length];
        PcmConversion.FromInt16(stored, samples);
        return new PcmAudio(samples, delivered.SampleRate);
    }

    /// <summary>The wanted format where the provider has it and nothing is to be converted; else the best source of a conversion.</summary>
    private AudioFormat NativeFormat(SynthesisModel model, AudioFormat wanted, int? sampleRate)
    {
        var asIs = model.Formats.Contains(wanted) && (sampleRate is null || sampleRate == model.SampleRate);
        return asIs || !audio.OutputFormats.Contains(wanted) ? wanted : model.Formats[0];
    }
}
