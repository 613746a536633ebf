using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>The chunks that the source of a job is split into.</summary>
internal sealed record JobManifest(IReadOnlyList<JobChunk> Chunks)
{
    /// <summary>Synthesis: what each chunk says, where that is not its text but only a part of it.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>Recognition: samples of the whole recording at 16 kHz.</summary>
    public long Samples { get; init; }
}
