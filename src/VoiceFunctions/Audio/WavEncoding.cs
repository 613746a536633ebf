namespace VoiceFunctions.Audio;

/// <summary>How the samples of a WAV file are written down.</summary>
internal enum WavEncoding
{
    /// <summary>Something this app leaves to ffmpeg: ADPCM, GSM, MP3 in WAV.</summary>
    Foreign,
    Unsigned8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
    Float64,
    MuLaw,
    ALaw,
}
