namespace VoiceFunctions.EndToEnd.Telemetry;

/// <summary>A span as opentelemetry/proto/trace/v1/trace.proto has it.</summary>
internal sealed record OtlpSpan(string Process, string Source, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Tags, bool Failed)
{
    private const ulong StatusError = 2;

    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<OtlpSpan> ReadAll(byte[] request) =>
        from process in OtlpMessage.Read(request).All(1)
        let instance = ReadTags(process.All(1), 1)["service.instance.id"]
        from scoped in process.All(2)
        let source = scoped.All(1).First().Text(1)
        from span in scoped.All(2)
        select new OtlpSpan(instance, source, span.Id(1), span.Id(2), span.Id(4), span.Text(5), ReadTags([span], 9), span.All(15).FirstOrDefault()?.Number(3) == StatusError);

    /// <summary>Text values only; the others are of no use to a test.</summary>
    private static Dictionary<string, string> ReadTags(IEnumerable<OtlpMessage> messages, int field) =>
        messages.SelectMany(message => message.All(field)).ToDictionary(tag => tag.Text(1), tag => tag.All(2).First().Text(1), StringComparer.Ordinal);
}
