using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>The activity that the execution belongs to, such as ASP.NET Core's for the request, as it was when first asked for.</summary>
/// <param name="parent">What started the execution, for when nobody listens to activities and there is none.</param>
internal sealed class ActivityTraceContext(ActivityContext parent) : TraceContext
{
    public override string TraceParent { get; } = Activity.Current?.Id ?? Format(parent);

    public override string TraceState { get; } = (Activity.Current is { } current ? current.TraceStateString : parent.TraceState) ?? string.Empty;

    private static string Format(ActivityContext context) =>
        context == default ? string.Empty : $"00-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";
}
