namespace VoiceFunctions.Audio;

/// <summary>Why bytes that a caller sent cannot be used as audio, or cannot be made into the audio asked for.</summary>
public enum AudioFailure
{
    /// <summary>Not audio, or audio that is damaged or cut off.</summary>
    Undecodable,

    /// <summary>A media file without an audio stream.</summary>
    NoAudioStream,

    /// <summary>Audio of a kind that this installation cannot read or write, for instance because ffmpeg is absent.</summary>
    UnsupportedFormat,

    /// <summary>Not a single byte.</summary>
    Empty,

    /// <summary>Decodes to more than <see cref="AudioOptions.MaxDecodedDuration"/>, or in a job <see cref="AudioOptions.MaxRecordingDuration"/>.</summary>
    TooLong,
}
