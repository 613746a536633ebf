using System.Diagnostics;
using System.Text.Json.Serialization;

namespace EmbeddedFunctions.Durability.History;

/// <summary>The span that started an instance, as W3C writes it, so that the instance belongs to the same trace in every process.</summary>
/// <param name="Parent">traceparent.</param>
/// <param name="State">tracestate.</param>
internal sealed record TraceLink(string Parent, string? State)
{
    /// <summary>What runs now; null when it belongs to no trace.</summary>
    public static TraceLink? Current =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity ? new TraceLink(id, activity.TraceStateString) : null;

    [JsonIgnore]
    public ActivityContext Context => ActivityContext.TryParse(Parent, State, out var context) ? context : default;

    /// <summary>Another span of the same trace.</summary>
    public TraceLink With(ActivitySpanId span) =>
        Context is var context && context == default
            ? this
            : new TraceLink($"00-{context.TraceId}-{span}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}", State);
}
