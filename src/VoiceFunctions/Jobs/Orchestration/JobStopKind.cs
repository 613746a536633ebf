using System.Text.Json.Serialization;

namespace VoiceFunctions.Jobs.Orchestration;

[JsonConverter(typeof(JsonStringEnumConverter<JobStopKind>))]
public enum JobStopKind
{
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Its caller wants it no longer.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>Its record was deleted: nobody is left to be told.</summary>
    [JsonStringEnumMemberName("gone")] Gone,
}
