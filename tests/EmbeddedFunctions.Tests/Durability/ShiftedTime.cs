namespace EmbeddedFunctions.Tests.Durability;

/// <summary>A clock that is ahead of the real one, as it is for an app that is started again much later.</summary>
internal sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
