namespace VoiceCommand.Api;

/// <summary>The body of <c>POST /api/tts</c> and, with the members at its end, of <c>POST /api/tts/jobs</c>.</summary>
internal sealed record SpeechRequest
{
    public required string Text { get; init; }

    public string? Voice { get; init; }

    public string? Language { get; init; }

    public string? Format { get; init; }

    public int? SampleRate { get; init; }

    public float? Speed { get; init; }

    public string? Instructions { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public bool? Ssml { get; init; }

    public string? Title { get; init; }

    public string? Consistency { get; init; }

    public bool? Captions { get; init; }
}
