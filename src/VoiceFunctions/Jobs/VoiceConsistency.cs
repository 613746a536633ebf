using System.Text.Json.Serialization;

namespace VoiceFunctions.Jobs;

[JsonConverter(typeof(JsonStringEnumConverter<VoiceConsistency>))]
internal enum VoiceConsistency
{
    /// <summary>One voice for the whole file: when its target fails, another makes the whole file anew. The default.</summary>
    [JsonStringEnumMemberName("voice")] Voice,

    /// <summary>Each chunk by whoever is ready first, so that the voice may change within the file.</summary>
    [JsonStringEnumMemberName("speed")] Speed,
}
