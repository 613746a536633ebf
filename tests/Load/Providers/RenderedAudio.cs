using System.Collections.Concurrent;
using System.Diagnostics;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Load.Providers;

/// <summary>What the providers say: speech-like sound as long as the text takes, made once for each length, so that making it costs the machine nothing while it measures.</summary>
internal sealed class RenderedAudio
{
    private readonly ConcurrentDictionary<(int Characters, string Format, int Rate), byte[]> _clips = [];

    /// <summary>A <see cref="Testing.Loopback.LoopbackAudio"/>.</summary>
    public byte[] Speak(string text, string format, int sampleRate, bool silent) =>
        _clips.GetOrAdd((text.Length, format, sampleRate), key => Render(new string('a', key.Characters), key.Format, key.Rate));

    private static byte[] Render(string text, string format, int sampleRate) => format switch
    {
        "wav" or "pcm" => AudioSamples.Speak(text, format, sampleRate, silent: false),
        _ => Encode(AudioSamples.Speak(text, "wav", sampleRate, silent: false), format),
    };

    private static byte[] Encode(byte[] wav, string format)
    {
        var file = Path.GetTempFileName();
        try
        {
            string[] arguments = ["-v", "error", "-y", "-i", "pipe:0", "-b:a", "64k", "-f", format, file];
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardInput = true, UseShellExecute = false })!;
            ffmpeg.StandardInput.BaseStream.Write(wav);
            ffmpeg.StandardInput.Close();
            ffmpeg.WaitForExit();
            return ffmpeg.ExitCode == 0 ? File.ReadAllBytes(file) : throw new InvalidOperationException($"ffmpeg ended with {ffmpeg.ExitCode}.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
