using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>The activity that the execution belongs to, such as ASP.NET Core's for the request, as it was when first asked for.</summary>
internal sealed class ActivityTraceContext : TraceContext
{
    public override string TraceParent { get; } = Activity.Current?.Id ?? string.Empty;

    public override string TraceState { get; } = Activity.Current?.TraceStateString ?? string.Empty;
}
