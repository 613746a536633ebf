using System.Text.Json.Serialization;

namespace VoiceFunctions.Audio;

/// <summary>What recorded audio arrives in, told by its first bytes and never by a name or a header that the caller wrote.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AudioContainer>))]
public enum AudioContainer
{
    [JsonStringEnumMemberName("unknown")] Unknown,
    [JsonStringEnumMemberName("wav")] Wav,
    [JsonStringEnumMemberName("mp3")] Mp3,
    [JsonStringEnumMemberName("ogg")] Ogg,
    [JsonStringEnumMemberName("flac")] Flac,
    [JsonStringEnumMemberName("mp4")] Mp4,
    [JsonStringEnumMemberName("webm")] Matroska,
    [JsonStringEnumMemberName("aac")] Adts,
    [JsonStringEnumMemberName("aiff")] Aiff,
    [JsonStringEnumMemberName("amr")] Amr,
    [JsonStringEnumMemberName("caf")] Caf,
}
