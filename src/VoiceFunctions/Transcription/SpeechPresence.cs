using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Transcription;

/// <summary>Tells whether anybody speaks in a recording.</summary>
internal sealed class SpeechPresence(AudioDecoder decoder, VoiceActivity activity)
{
    /// <summary>So much speech cannot be nothing. Seconds.</summary>
    private const double Enough = 1;

    /// <summary>Whether there is a second of speech in the recording; <see langword="null"/> when the model is not installed and nobody can tell.</summary>
    public async Task<bool?> IsSpeechAsync(InspectedAudio recording, CancellationToken cancellationToken)
    {
        if (recording.IsSilent)
        {
            return false;
        }

        if (!activity.HasModel)
        {
            return null;
        }

        using var listener = await activity.ListenAsync(cancellationToken);
        var reader = new SpeechReader(new SpeechSegmenter(SegmentationOptions.Default, SileroVad.SampleRate, SileroVad.FrameSamples), listener.Listen);
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
}
