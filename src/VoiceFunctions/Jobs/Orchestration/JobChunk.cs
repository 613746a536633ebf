namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>A chunk as it passes through the orchestration: where it stands in the source, and where its own bytes lie.</summary>
/// <param name="Number">Its place among the chunks.</param>
/// <param name="Start">Where it begins in the source: characters of a text, samples of a recording at 16 kHz.</param>
/// <param name="Length">In the same unit.</param>
public sealed record JobChunk(int Number, long Start, long Length)
{
    /// <summary>Synthesis: where its text begins in the blob of all texts, in bytes.</summary>
    public long Offset { get; init; }

    /// <summary>Synthesis: bytes of its text.</summary>
    public int Bytes { get; init; }

    /// <summary>Recognition: samples at its beginning that the chunk before it holds too.</summary>
    public long Overlap { get; init; }
}
