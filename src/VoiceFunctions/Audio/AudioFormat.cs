using System.Text.Json.Serialization;

namespace VoiceFunctions.Audio;

/// <summary>What a caller can have speech delivered as.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AudioFormat>))]
public enum AudioFormat
{
    /// <summary>MPEG-1/2 Layer III, constant bit rate. The default.</summary>
    [JsonStringEnumMemberName("mp3")] Mp3,

    /// <summary>RIFF WAVE, 16-bit PCM.</summary>
    [JsonStringEnumMemberName("wav")] Wav,

    /// <summary>Opus in Ogg (RFC 7845).</summary>
    [JsonStringEnumMemberName("opus")] Opus,

    /// <summary>AAC-LC in ADTS frames.</summary>
    [JsonStringEnumMemberName("aac")] Aac,

    /// <summary>Native FLAC.</summary>
    [JsonStringEnumMemberName("flac")] Flac,

    /// <summary>Bare signed 16-bit little-endian samples, mono.</summary>
    [JsonStringEnumMemberName("pcm")] Pcm,
}
