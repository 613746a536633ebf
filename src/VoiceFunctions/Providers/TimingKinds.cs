using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers;

/// <summary>The timings that a caller asks for or a provider measures.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<TimingKinds>))]
public enum TimingKinds
{
    [JsonStringEnumMemberName("none")] None = 0,
    [JsonStringEnumMemberName("segment")] Segment = 1,
    [JsonStringEnumMemberName("word")] Word = 2,
}
