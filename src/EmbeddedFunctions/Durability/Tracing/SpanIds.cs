using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Tracing;

/// <summary>
/// Ids of spans that follow from what they are of, so that nothing has to be stored: whoever takes over an instance goes on with the same spans, and children
/// know their parents before those are reported.
/// </summary>
internal static class SpanIds
{
    public static ActivitySpanId OfExecution(InstanceHead head) => Of($"{head.Generation} {head.Execution}");

    public static ActivitySpanId OfCall(InstanceHead head, int taskId) => Of($"{head.Generation} {head.Execution} {taskId}");

    /// <summary>Gives a span another id. There is no other way than the one of the official sources, DiagnosticActivityExtensions: the fields behind it.</summary>
    public static void Set(Activity span, ActivitySpanId id)
    {
        SpanId(span) = id.ToHexString();
        Id(span) = $"00-{span.TraceId}-{id}-{(span.Recorded ? "01" : "00")}";
    }

    private static ActivitySpanId Of(string what) => ActivitySpanId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 8));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanId(Activity span);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_id")]
    private static extern ref string? Id(Activity span);
}
