namespace VoiceFunctions.Fallback;

/// <summary>The answer of the estimate routes: whom the call would go to, in order, and what each would bill. Nobody has been called.</summary>
internal sealed record EstimateDocument
{
    public required string RequestId { get; init; }

    public required IReadOnlyList<TargetEstimate> Plan { get; init; }

    /// <summary>What the call costs if the first target serves it.</summary>
    public required decimal? CostUsd { get; init; }

    /// <summary>Seconds of audio to be recognised; <see langword="null"/> for a synthesis, whose length only the speech itself has.</summary>
    public required double? Duration { get; init; }

    public static EstimateDocument Of(string requestId, IReadOnlyList<TargetEstimate> plan, double? duration = null) =>
        new() { RequestId = requestId, Plan = plan, CostUsd = plan[0].CostUsd, Duration = duration };
}
