namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>What has been done for a job so far.</summary>
/// <param name="Done">Chunks that are made, of those that the file will be made of.</param>
/// <param name="Attempts">Attempts that were made.</param>
/// <param name="CostUsd">US dollars for every billed attempt; <see langword="null"/> as soon as one price is not known.</param>
public sealed record JobTally(int Done, int Attempts, decimal? CostUsd)
{
    public static JobTally Nothing { get; } = new(Done: 0, Attempts: 0, CostUsd: 0);

    /// <summary>Recognition: the numbers of chunks in which somebody speaks whom no target could make out.</summary>
    public IReadOnlyList<int> Unheard { get; init; } = [];
}
