namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>A chunk as it passes through the orchestration: where it stands in the source, and where its own bytes lie.</summary>
/// <param name="Number">Its place among the chunks.</param>
/// <param name="Start">Where it begins in the source: characters of a text, samples of a recording at 16 kHz.</param>
/// <param name="Length">In the same unit.</param>
/// <param name="Offset">Synthesis: where its text begins in the blob of all texts, in bytes.</param>
/// <param name="Bytes">Synthesis: bytes of its text.</param>
public sealed record JobChunk(int Number, long Start, long Length, long Offset = 0, int Bytes = 0);
