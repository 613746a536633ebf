namespace VoiceCommand.Api;

/// <summary>The parameters of <c>POST /api/stt/jobs</c>: a JSON body where the audio was uploaded, else a query.</summary>
internal sealed record TranscriptionRequest
{
    public string? AudioBlob { get; init; }

    public required IReadOnlyList<string> Outputs { get; init; }

    public string? Title { get; init; }

    public string? Language { get; init; }

    public string? Prompt { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public bool? Diarize { get; init; }

    public string ToQuery()
    {
        (string Name, string? Value)[] parameters =
        [
            ("outputs", string.Join(',', Outputs)), ("title", Title), ("language", Language), ("prompt", Prompt), ("model", Model), ("provider", Provider),
            ("diarize", Diarize is true ? "true" : null),
        ];
        return string.Join('&', parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
    }
}
