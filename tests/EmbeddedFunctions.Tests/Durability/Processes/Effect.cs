namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>One run of an activity.</summary>
internal sealed record Effect(int Process, string Instance, string Step, string Stamp);
