using System.Text.Json.Serialization;

namespace VoiceFunctions.Jobs;

[JsonConverter(typeof(JsonStringEnumConverter<JobKind>))]
internal enum JobKind
{
    /// <summary>Long text to speech.</summary>
    [JsonStringEnumMemberName("tts")] Tts,

    /// <summary>A long recording to text.</summary>
    [JsonStringEnumMemberName("stt")] Stt,
}
