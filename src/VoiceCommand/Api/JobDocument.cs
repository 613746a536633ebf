namespace VoiceCommand.Api;

/// <summary>A job as the API shows it; what is not needed here is left out.</summary>
internal sealed record JobDocument
{
    public required string Id { get; init; }

    /// <summary><c>tts</c> or <c>stt</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>pending</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary><c>plan</c>, <c>chunks</c>, <c>stitch</c> or <c>publish</c>.</summary>
    public string? Stage { get; init; }

    public ProgressDocument Progress { get; init; } = new(0, 0, 0);

    public decimal? CostUsd { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string? Title { get; init; }

    public ErrorDocument? Error { get; init; }

    public IReadOnlyList<ResultDocument> Results { get; init; } = [];

    /// <summary>What is missing in a transcript; <see langword="null"/> for nothing.</summary>
    public IReadOnlyList<InaudibleDocument>? Inaudible { get; init; }

    public bool IsFinished => Status is "succeeded" or "failed" or "cancelled";
}
