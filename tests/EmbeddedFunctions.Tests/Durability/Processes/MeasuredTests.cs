namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>Tests that measure, and that no other test runs beside.</summary>
[CollectionDefinition(nameof(MeasuredTests), DisableParallelization = true)]
public sealed class MeasuredTests;
