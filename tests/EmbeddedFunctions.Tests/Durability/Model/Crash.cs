namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>The end of a process, at one of its writes.</summary>
/// <param name="Write">Which one, from 1.</param>
/// <param name="How">What becomes of the write, and of the process.</param>
internal sealed record Crash(int Write, CrashKind How);
