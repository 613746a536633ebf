namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>The input of one run of a generated orchestration.</summary>
/// <param name="Body">What it does.</param>
/// <param name="Path">Where the instance is in the whole.</param>
/// <param name="Rounds">Runs in all.</param>
/// <param name="Round">This one, from 0.</param>
/// <param name="Letters">Events that a client sends, of which each run takes as many.</param>
/// <param name="Result">What the runs before have come to.</param>
public sealed record ModelRun(Node Body, string Path, int Rounds, int Round, int Letters, string Result);
