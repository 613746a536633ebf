namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>What the place of a chunk in its source is counted in.</summary>
internal enum ChunkUnit
{
    Characters,

    /// <summary>At 16 kHz.</summary>
    Samples,
}
