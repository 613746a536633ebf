namespace EmbeddedFunctions.Tests.Triggers;

/// <summary>A service of an execution's scope.</summary>
public sealed class Disposal : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}
