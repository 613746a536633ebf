namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>The end of a process, at one of its writes.</summary>
/// <param name="Write">Which one, from 1.</param>
/// <param name="After">Whether the write is done, although the process never hears of it.</param>
internal sealed record Crash(int Write, bool After);
