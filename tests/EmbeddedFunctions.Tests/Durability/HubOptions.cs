using Microsoft.Azure.Functions.Worker.Builder;

namespace EmbeddedFunctions.Tests.Durability;

internal sealed record HubOptions
{
    /// <summary>A new hub when null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether orchestrators are replayed from their history at every step.</summary>
    public bool Replays { get; init; }

    /// <summary>The system's when null.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Functions beside those of the script.</summary>
    public Type[] Functions { get; init; } = [];

    public Action<FunctionsApplicationBuilder>? Configure { get; init; }

    /// <summary>More of the durableTask section of host.json, beginning with a comma.</summary>
    public string HostJson { get; init; } = string.Empty;

    public static HubOptions Replayed(bool replays) => new() { Replays = replays };
}
