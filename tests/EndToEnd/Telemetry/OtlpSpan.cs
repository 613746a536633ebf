namespace VoiceFunctions.EndToEnd.Telemetry;

/// <summary>A span as opentelemetry/proto/trace/v1/trace.proto has it.</summary>
internal sealed record OtlpSpan(string Source, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Tags, bool Failed)
{
    private const ulong StatusError = 2;

    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<OtlpSpan> ReadAll(byte[] request) =>
        from scoped in OtlpMessage.Read(request).All(1, 2)
        let source = scoped.All(1).First().Text(1)
        from span in scoped.All(2)
        select new OtlpSpan(source, span.Id(1), span.Id(2), span.Id(4), span.Text(5), ReadTags(span), span.All(15).FirstOrDefault()?.Number(3) == StatusError);

    /// <summary>Text values only; the others are of no use to a test.</summary>
    private static Dictionary<string, string> ReadTags(OtlpMessage span) =>
        span.All(9).ToDictionary(tag => tag.Text(1), tag => tag.All(2).First().Text(1), StringComparer.Ordinal);
}
