namespace VoiceFunctions.Load.Scenarios;

/// <summary>All scenarios, in the order they run in.</summary>
internal static class Catalog
{
    public static IReadOnlyList<IScenario> All { get; } = [new Cold(), new Seed(), new CacheReplay(), new PassThrough(), new Failover(), new LongJobs(), new OfflineEngines(), new Soak()];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(scenario => scenario.Name)];
}
