using System.Text.Json.Serialization;

namespace VoiceFunctions.Jobs;

[JsonConverter(typeof(JsonStringEnumConverter<CallbackState>))]
internal enum CallbackState
{
    /// <summary>Not delivered yet; the job may not have ended either.</summary>
    [JsonStringEnumMemberName("pending")] Pending,
    [JsonStringEnumMemberName("delivered")] Delivered,

    /// <summary>Given up: refused for good, or a day has passed.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
