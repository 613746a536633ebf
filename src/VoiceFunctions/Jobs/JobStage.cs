using System.Text.Json.Serialization;

namespace VoiceFunctions.Jobs;

[JsonConverter(typeof(JsonStringEnumConverter<JobStage>))]
internal enum JobStage
{
    [JsonStringEnumMemberName("plan")] Plan,
    [JsonStringEnumMemberName("chunks")] Chunks,
    [JsonStringEnumMemberName("stitch")] Stitch,
    [JsonStringEnumMemberName("publish")] Publish,
}
