using System.Text.Json.Serialization;

namespace VoiceFunctions.Transcription;

/// <summary>What a transcript is delivered as.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TranscriptFormat>))]
internal enum TranscriptFormat
{
    [JsonStringEnumMemberName("json")] Json,
    [JsonStringEnumMemberName("verbose_json")] VerboseJson,
    [JsonStringEnumMemberName("text")] Text,
    [JsonStringEnumMemberName("srt")] Srt,
    [JsonStringEnumMemberName("vtt")] Vtt,
}
