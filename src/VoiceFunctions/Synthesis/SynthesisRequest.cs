using System.Text.Json.Serialization;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

/// <summary>The body of <c>POST /api/tts</c>. The members are documented in the API's contract; what is absent is <see langword="null"/>.</summary>
public record SynthesisRequest
{
    public string? Text { get; init; }

    public string? Voice { get; init; }

    public string? Language { get; init; }

    /// <summary>The name of an <see cref="AudioFormat"/>, MP3 by default.</summary>
    public string? Format { get; init; }

    public int? SampleRate { get; init; }

    public float? Speed { get; init; }

    public string? Instructions { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public IReadOnlyList<string>? Providers { get; init; }

    public CacheMode? Cache { get; init; }

    public bool? Ssml { get; init; }

    public bool? Stream { get; init; }

    /// <summary><see langword="null"/> when there is no such format.</summary>
    [JsonIgnore]
    public AudioFormat? AudioFormat => Format is null ? Audio.AudioFormat.Mp3 : AudioFormats.Find(Format);
}
