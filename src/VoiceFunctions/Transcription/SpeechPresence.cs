using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Transcription;

/// <summary>Tells whether anybody speaks in a recording, by the voice activity model, which is loaded when it is first asked and dropped when it is not asked again.</summary>
internal sealed class SpeechPresence(AudioDecoder decoder, OfflineInventory inventory, TimeProvider time) : IDisposable
{
    /// <summary>So much speech cannot be nothing. Seconds.</summary>
    private const double Enough = 1;

    private static readonly TimeSpan IdleUnloadAfter = TimeSpan.FromMinutes(5);

    private readonly IdleResource<SileroVad>? _model = inventory.Recogniser is { } files
        ? new IdleResource<SileroVad>(() => new SileroVad(files.VoiceActivity), IdleUnloadAfter, time)
        : null;

    /// <summary>Whether there is a second of speech in the recording; <see langword="null"/> when the model is not installed and nobody can tell.</summary>
    public async Task<bool?> IsSpeechAsync(InspectedAudio recording, CancellationToken cancellationToken)
    {
        if (recording.IsSilent)
        {
            return false;
        }

        if (_model is null)
        {
            return null;
        }

        using var lease = await _model.AcquireAsync(cancellationToken);
        using var stream = lease.Value.OpenStream();
        var reader = new SpeechReader(new SpeechSegmenter(SegmentationOptions.Default, SileroVad.SampleRate, SileroVad.FrameSamples), stream.Listen);
        var heard = 0L;
        await foreach (var clip in reader.ReadAsync(decoder.DecodeAsync(recording, SileroVad.SampleRate, cancellationToken), cancellationToken))
        {
            using (clip)
            {
                heard += clip.Span.Length;
                if (heard >= Enough * SileroVad.SampleRate)
                {
                    return true;
                }
            }
        }

        return false;
    }

    public void Dispose() => _model?.Dispose();
}
