namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>The activities in which the two kinds of job differ, by the names of their functions.</summary>
/// <param name="Plan">Takes a <see cref="JobReference"/>, gives a <see cref="JobPlan"/>.</param>
/// <param name="Chunk">Takes a <see cref="ChunkCall"/>, gives a <see cref="ChunkOutcome"/>.</param>
/// <param name="Stitch">Takes a <see cref="StitchCall"/>, gives a <see cref="StitchEnd"/>.</param>
/// <param name="Unit">What the source of the chunks is counted in.</param>
internal sealed record JobSteps(string Plan, string Chunk, string Stitch, ChunkUnit Unit);
