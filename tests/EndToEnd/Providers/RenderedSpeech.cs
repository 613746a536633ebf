using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>
/// What the loopback providers say: WAV and PCM made on the spot, the other formats encoded by ffmpeg once for all tests. It is as fast as a hurried
/// speaker, so that half of it is too short for its text whatever the container tells.
/// </summary>
internal sealed class RenderedSpeech
{
    private const double SecondsPerCharacter = 0.032;

    private static readonly (string Format, int Rate, string[] Options)[] Encodings =
    [
        ("mp3", 24_000, ["-b:a", "64k"]), ("mp3", 48_000, ["-b:a", "64k"]), ("opus", 24_000, ["-c:a", "libopus", "-f", "ogg"]),
        ("opus", 48_000, ["-c:a", "libopus", "-f", "ogg"]), ("flac", 24_000, ["-c:a", "flac"]), ("aac", 24_000, ["-c:a", "aac", "-f", "adts"]),
    ];

    private static readonly Lazy<Task<RenderedSpeech>> Shared = new(RenderOnceAsync);

    private readonly Dictionary<(string Format, int Rate, bool Silent), byte[]> _clips;

    private RenderedSpeech(Dictionary<(string Format, int Rate, bool Silent), byte[]> clips) => _clips = clips;

    public static Task<RenderedSpeech> RenderAsync() => Shared.Value;

    /// <summary>A <see cref="Testing.Loopback.LoopbackAudio"/>. The encoded clips are as long as a <see cref="MatrixCase.Text"/> takes.</summary>
    public byte[] Speak(string text, string format, int sampleRate, bool silent) => format switch
    {
        "wav" => AudioSamples.Wav(Samples(text.Length, sampleRate, silent), sampleRate),
        "pcm" => AudioSamples.Pcm(Samples(text.Length, sampleRate, silent)),
        _ => _clips[(format, sampleRate, silent)],
    };

    private static async Task<RenderedSpeech> RenderOnceAsync()
    {
        var clips = new Dictionary<(string Format, int Rate, bool Silent), byte[]>();
        foreach (var (format, rate, options) in Encodings)
        {
            foreach (var silent in new[] { false, true })
            {
                clips[(format, rate, silent)] = await Converter.ConvertAsync(
                    AudioSamples.Wav(Samples(MatrixCase.Text(0).Length, rate, silent), rate), format, ["-ar", $"{rate}", .. options]);
            }
        }

        return new RenderedSpeech(clips);
    }

    private static short[] Samples(int characters, int sampleRate, bool silent)
    {
        var seconds = Math.Max(0.3, characters * SecondsPerCharacter);
        return silent ? new short[(int)(seconds * sampleRate)] : AudioSamples.SpeechLike(seconds, sampleRate);
    }
}
