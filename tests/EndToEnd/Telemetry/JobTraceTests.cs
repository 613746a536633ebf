using VoiceFunctions.EndToEnd.Jobs;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Telemetry;

/// <summary>What a collector hears of a long job that outlives the process that began it.</summary>
public sealed class JobTraceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_ProcessKilledHalfWay_IsOneTrace()
    {
        await using var collector = new OtlpReceiver();
        await using var app = await ProviderApp.StartAsync([.. collector.Settings, ("Resilience__AttemptTimeout", "00:03:00")]);
        // One sentence is never answered, so that the job is under way when its process dies.
        app.Servers.OpenAI.FaultFor = request => request.Text.Contains(Tale.Sentence("traced", 3), StringComparison.Ordinal) ? new HangFault() : null;
        var id = await app.Client.OrderSpeechAsync(new { text = Tale.Of("traced", 12), provider = "openai", format = "wav", captions = true });
        var planned = await app.Client.WaitForJobAsync(id, job => (string)job["stage"]! == "chunks" && (int)job["progress"]!["total"]! > 0);
        var chunks = (int)planned["progress"]!["total"]!;
        // Of each chunk the run and, once its result is stored, the call.
        var before = await collector.UntilAsync(
            received => received.Spans.Count(span => span.Name == "activity:SynthesizeChunk") == 2 * (chunks - 1) && Spoken(received.Spans).Count == chunks - 1
                ? Spoken(received.Spans)[0]
                : null,
            Cancelled);

        Assert.Equal(1, app.Servers.OpenAI.UnderWay);
        await app.Process.KillAsync();
        app.Servers.OpenAI.FaultFor = null;
        await app.RestartAsync();
        await app.Client.WaitForSuccessAsync(id);

        var trace = await collector.UntilAsync(received => Complete(received.Spans, before.Trace), Cancelled);
        Assert.Empty(collector.Spans.Where(span => span.Source is "VoiceFunctions" or "DurableTask.Core").Where(span => span.Trace != before.Trace).Select(span => span.Name));
        var runs = collector.Spans.Select(span => span.Process).Distinct();
        Assert.Equal(2, runs.Count());
        var spans = trace.ToDictionary(span => span.Id, StringComparer.Ordinal);
        // What was under way at the kill was never reported; whatever was hangs together, up to the request that ordered the job.
        var request = Assert.Single(trace, span => span.Source == "Microsoft.AspNetCore");
        Assert.Equal(chunks, Spoken(trace).Count);
        Assert.Equal([request.Id], Spoken(trace).Select(span => Root(span, spans)).Distinct());
        await collector.UntilAsync(received => received.Metrics.FirstOrDefault(name => name == "voice.job.ended"), Cancelled);
        Assert.DoesNotContain("tale", collector.Everything, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>All of a trace, once the end of its orchestration has been told.</summary>
    private static List<OtlpSpan>? Complete(IReadOnlyList<OtlpSpan> spans, string id)
    {
        var trace = spans.Where(span => span.Trace == id).ToList();
        return trace.Exists(span => span.Name == "orchestration:SynthesisJob") ? trace : null;
    }

    private static List<OtlpSpan> Spoken(IEnumerable<OtlpSpan> spans) => [.. spans.Where(span => span is { Name: "voice.attempt", Failed: false })];

    private static string Root(OtlpSpan span, Dictionary<string, OtlpSpan> spans)
    {
        while (spans.TryGetValue(span.Parent, out var parent)) span = parent;
        return span.Id;
    }
}
