using System.Text.Json.Serialization;

namespace VoiceFunctions.Jobs;

/// <summary>A file that a transcription job delivers; its name in the results is <c>transcript.</c> and the name here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TranscriptOutput>))]
internal enum TranscriptOutput
{
    [JsonStringEnumMemberName("json")] Json,
    [JsonStringEnumMemberName("txt")] Txt,
    [JsonStringEnumMemberName("srt")] Srt,
    [JsonStringEnumMemberName("vtt")] Vtt,
}
