namespace EmbeddedFunctions.Tests.Durability;

internal static class DurableApp
{
    /// <summary>host.json with a task hub that no other test has.</summary>
    public static string HostJson() =>
        $$"""{ "version": "2.0", "extensions": { "durableTask": { "hubName": "t{{Guid.NewGuid():N}}" } } }""";
}
