namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>A target of a job's plan, as it passes through the orchestration.</summary>
/// <param name="Number">Its place in the plan.</param>
/// <param name="Chunks">How many chunks the job has when it is made here.</param>
public sealed record JobTarget(int Number, string Provider, string Model, int Chunks)
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
