using System.Text.Json.Serialization;

namespace VoiceFunctions.Intent;

/// <summary>Why an answer should, or should not, be spoken.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VoiceIntentKind>))]
public enum VoiceIntentKind
{
    /// <summary>Nothing speaks for a spoken answer, or the user asked not to have one.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The user asked for a spoken answer.</summary>
    [JsonStringEnumMemberName("explicit")]
    Explicit,

    /// <summary>The situation, the wanted content or the channel calls for a spoken answer.</summary>
    [JsonStringEnumMemberName("implicit")]
    Implicit,

    /// <summary>The message goes on with a conversation that is being spoken.</summary>
    [JsonStringEnumMemberName("continuation")]
    Continuation,

    /// <summary>A spoken answer was asked for or implied, but what is wanted cannot sensibly be spoken, or the channel carries no sound.</summary>
    [JsonStringEnumMemberName("unsuitable")]
    Unsuitable,
}
