namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>What DurableApp's orchestration of that name does.</summary>
internal static class Mixed
{
    /// <summary>Three rounds of four parallel steps, a race, and the two of a child.</summary>
    public const int Steps = 3 * 7;

    /// <summary>One child in each round.</summary>
    public const int Children = 3;

    public static IEnumerable<string> Outputs(int count) => Enumerable.Range(0, count).Select(number => $"{(45 * number) + 45}");
}
