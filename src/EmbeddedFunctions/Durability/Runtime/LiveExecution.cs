using System.Diagnostics;
using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Replay;
using EmbeddedFunctions.Durability.Tracing;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>An execution in memory, and the version of the head that it stands on.</summary>
internal sealed class LiveExecution(
    InstanceHead head, string etag, OrchestrationRun run, IOrchestratorCall? call, ExecutionTrace trace, CarryOver? carryOver) : IAsyncDisposable
{
    public InstanceHead Head { get; set; } = head;

    public string ETag { get; set; } = etag;

    public OrchestrationRun Run { get; } = run;

    public ExecutionTrace Trace { get; } = trace;

    /// <summary>What the first episode takes over.</summary>
    public CarryOver? CarryOver { get; } = carryOver;

    /// <param name="episode">To play.</param>
    /// <param name="play">Plays it.</param>
    public void Play(Episode episode, Action<Episode> play)
    {
        var outer = Activity.Current;
        var invocation = call?.BeginEpisode();
        Trace.Run(() => play(episode));
        if (episode.HasHappened)
        {
            invocation?.Dispose();
        }

        Activity.Current = outer;
    }

    public ValueTask DisposeAsync() => call?.DisposeAsync() ?? ValueTask.CompletedTask;
}
