using System.Text.Json.Serialization;

namespace VoiceFunctions.Intent;

/// <summary>Who wrote or spoke a turn of the conversation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VoiceIntentRole>))]
public enum VoiceIntentRole
{
    [JsonStringEnumMemberName("user")]
    User,

    [JsonStringEnumMemberName("assistant")]
    Assistant,
}
