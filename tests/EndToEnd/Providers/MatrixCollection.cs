namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>The tests that share one app whose circuits stay closed.</summary>
[CollectionDefinition]
public sealed class MatrixCollection : ICollectionFixture<MatrixApp>;
