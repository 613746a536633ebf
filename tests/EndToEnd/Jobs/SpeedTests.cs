using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Chunks are made side by side, as many as the settings allow and never more. How much quicker that is, is printed; what must hold is what the provider has seen.</summary>
[CollectionDefinition(nameof(SpeedTests), DisableParallelization = true)]
[Collection(nameof(SpeedTests))]
public sealed class SpeedTests
{
    /// <summary>What a provider takes for some thousand characters.</summary>
    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Speech_ProviderOfFixedLatency_IsAskedForAsManyChunksAtOnceAsAreAllowed()
    {
        await MeasureAsync(inFlight: 64, Latency, 4, 16, 64);
        await MeasureAsync(inFlight: 4, Latency / 4, 12);
    }

    private static async Task MeasureAsync(int inFlight, TimeSpan latency, params int[] jobs)
    {
        await using var app = await JobApp.StartAsync(
            ("Jobs__Chunks__InFlight", $"{inFlight}"), ("Jobs__Chunks__ReportInterval", "00:00:02"), ("OpenAI__Concurrency", "128"));
        var provider = app.Servers.OpenAI;
        // So that no job pays for what the first one of a process has to load.
        await app.Client.WaitForSuccessAsync(await OrderAsync(app, "first", 2));
        provider.FaultFor = _ => Fault.Late(latency);

        foreach (var chunks in jobs)
        {
            var asked = provider.Count;
            provider.MostUnderWay = 0;
            var began = TimeProvider.System.GetTimestamp();
            await app.Client.WaitForSuccessAsync(await OrderAsync(app, $"{chunks}-fold", chunks));
            var elapsed = TimeProvider.System.GetElapsedTime(began);

            Assert.Equal(Math.Min(chunks, inFlight), provider.MostUnderWay);
            Assert.Equal(chunks, provider.Count - asked);
            var making = provider.Requests.Skip(asked).Max(request => request.ArrivedAt) - provider.Requests.Skip(asked).Min(request => request.ArrivedAt);
            var together = TimeProvider.System.GetElapsedTime(0, making) + latency;
            var ideal = latency * Math.Ceiling((double)chunks / inFlight);
            Measurement.Note(
                $"{chunks} chunks, {inFlight} at a time, of a provider that takes {latency.TotalSeconds} s: the chunks took {together.TotalSeconds:0.00} s, "
                + $"{ideal / together:0.00} of the ideal speed-up; with plan and stitching {elapsed.TotalSeconds:0.00} s, {ideal / elapsed:0.00}.");
        }
    }

    private static Task<string> OrderAsync(JobApp app, string title, int chunks) =>
        app.Client.OrderSpeechAsync(new { text = Tale.Of(title, chunks), provider = "openai", format = "wav", captions = true });
}
