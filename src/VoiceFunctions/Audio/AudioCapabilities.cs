using System.Collections.Frozen;

namespace VoiceFunctions.Audio;

/// <summary>What this installation can read and write. Measured once when the app starts; until then only what needs no ffmpeg.</summary>
public sealed class AudioCapabilities
{
    private static readonly FrozenSet<AudioFormat> InProcess = new[] { AudioFormat.Wav, AudioFormat.Pcm }.ToFrozenSet();

    private volatile Findings _findings = new(CanDecodeCompressed: false, InProcess);

    /// <summary>Whether anything but plain WAV can be read.</summary>
    public bool CanDecodeCompressed => _findings.CanDecodeCompressed;

    /// <summary>WAV and PCM always; the others when ffmpeg has the encoder.</summary>
    public IReadOnlySet<AudioFormat> OutputFormats => _findings.OutputFormats;

    internal void Report(bool canDecodeCompressed, IEnumerable<AudioFormat> encoders) =>
        _findings = new(canDecodeCompressed, InProcess.Concat(encoders).ToFrozenSet());

    private sealed record Findings(bool CanDecodeCompressed, FrozenSet<AudioFormat> OutputFormats);
}
