using System.Collections.Concurrent;
using System.Diagnostics;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

/// <summary>The spans of one trace, which begins here. Listeners are of the process, so spans of other tests come in too and are left out.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ActivitySource _source = new($"{nameof(Spans)} {Guid.NewGuid()}");
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly Activity _root;

    public Spans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == _source || source.Name is "Microsoft.DurableTask" or "DurableTask.Core" or "Microsoft.Azure.Functions.Worker",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _root = _source.CreateActivity("root", ActivityKind.Internal) ?? throw new InvalidOperationException("Nobody listens.");
        _root.SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        _root.TraceStateString = "test=1";
        var outer = Activity.Current;
        _root.Start();
        Activity.Current = outer;
    }

    public ActivityTraceId TraceId => _root.TraceId;

    public IReadOnlyList<Activity> Ended => [.. _ended.Where(span => span.TraceId == TraceId)];

    /// <summary>One line for each span, with the names above it; a question mark stands for one that has not ended.</summary>
    public IReadOnlyList<string> Paths => [.. Ended.Select(Path).Order(StringComparer.Ordinal)];

    /// <summary>Does something as a part of the trace.</summary>
    public async Task<T> UnderAsync<T>(Func<Task<T>> work)
    {
        Activity.Current = _root;
        return await work();
    }

    public Activity Single(string name, ActivityKind kind) => Assert.Single(Ended, span => span.DisplayName == name && span.Kind == kind);

    public void Dispose()
    {
        _listener.Dispose();
        _root.Dispose();
        _source.Dispose();
    }

    private string Path(Activity span)
    {
        var parents = Ended.Where(other => other.SpanId == span.ParentSpanId).ToList();
        var above = span.ParentSpanId == _root.SpanId ? string.Empty : parents.Count == 0 ? "? > " : $"{Path(Assert.Single(parents))} > ";
        return $"{above}{span.DisplayName} {span.Kind}";
    }
}
