using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace EmbeddedFunctions.Tests.Durability;

/// <summary>Runs a theory twice: with orchestrators that stay in memory between two steps, and with ones that are replayed from their history at every step.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeptAndReplayedAttribute : DataAttribute
{
    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<bool>(false), new TheoryDataRow<bool>(true)]);
}
