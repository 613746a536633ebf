using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace VoiceFunctions.Load.Driving;

/// <summary>What is left of the app's heap after each of its garbage collections, as its runtime tells: memory that is in use, and not what has yet to be collected.</summary>
internal sealed class GcWatch : IAsyncDisposable
{
    private readonly EventPipeSession _session;
    private readonly EventPipeEventSource _source;
    private readonly Task _reading;
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly List<(TimeSpan At, int Generation, long Bytes)> _collections = [];
    private readonly Lock _lock = new();

    public GcWatch(int process)
    {
        _session = new DiagnosticsClient(process).StartEventPipeSession(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, (long)ClrTraceEventParser.Keywords.GC)], requestRundown: false);
        _source = new EventPipeEventSource(_session.EventStream);
        _source.Clr.GCHeapStats += heap =>
        {
            lock (_lock)
            {
                _collections.Add((TimeProvider.System.GetElapsedTime(_start), heap.Depth, heap.TotalHeapSize));
            }
        };
        _reading = Task.Factory.StartNew(_source.Process, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Since the watch began, which generation was collected, and the bytes that were left.</summary>
    public IReadOnlyList<(TimeSpan At, int Generation, long Bytes)> Collections
    {
        get
        {
            lock (_lock)
            {
                return [.. _collections];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _session.StopAsync(CancellationToken.None);
        await _reading;
        _source.Dispose();
        _session.Dispose();
    }
}
