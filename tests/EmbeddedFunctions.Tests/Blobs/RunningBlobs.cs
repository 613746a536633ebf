namespace EmbeddedFunctions.Tests.Blobs;

/// <summary>Counts executions that go on at the same time.</summary>
public sealed class RunningBlobs
{
    private readonly Lock _lock = new();

    public int Now { get; private set; }

    public int Most { get; private set; }

    public void Enter()
    {
        lock (_lock)
        {
            Most = Math.Max(Most, ++Now);
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            Now--;
        }
    }
}
