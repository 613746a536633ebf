namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>The tests that share one app and break its providers one at a time.</summary>
[CollectionDefinition]
public sealed class PlainCollection : ICollectionFixture<PlainApp>;
