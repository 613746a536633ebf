namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>An exception that no serialiser could make again.</summary>
public sealed class OddException(string message, Exception? cause) : Exception(message, cause)
{
    public object Self => this;

    public Func<int> Code { get; } = () => 1;
}
