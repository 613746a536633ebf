namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>A target of a job's plan, as it passes through the orchestration.</summary>
/// <param name="Number">Its place in the plan.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">The provider's own name of the model.</param>
/// <param name="Split">Which split of the source it takes its chunks from: targets of the same limits share one.</param>
/// <param name="Chunks">How many chunks that has.</param>
public sealed record JobTarget(int Number, string Provider, string Model, int Split, int Chunks)
{
    /// <summary>Synthesis: the provider's own name of the voice.</summary>
    public string? Voice { get; init; }

    public string? Language { get; init; }

    /// <summary>Synthesis: hertz of the chunks.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Synthesis: times the normal speed.</summary>
    public float? Speed { get; init; }

    /// <summary>Targets before it in the plan that may refuse as wrong what this one takes.</summary>
    public IReadOnlyList<int> CanDoMoreThan { get; init; } = [];
}
