using System.Collections.Concurrent;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Jobs share a provider with one another, and leave room for who waits.</summary>
public sealed class ShareTests
{
    private const int Concurrency = 4;
    private const int Places = 3;

    [Fact]
    public async Task Speech_LongJobAtAProvider_LeavesRoomForShortCallsAndTurnsForOtherJobs()
    {
        await using var app = await JobApp.StartAsync(("OpenAI__Concurrency", $"{Concurrency}"), ("Jobs__Chunks__InFlight", "32"));
        var provider = app.Servers.OpenAI;
        var held = new ConcurrentQueue<HeldFault>();
        provider.FaultFor = request => request.Text.Contains("tale", StringComparison.Ordinal) ? Hold() : null;
        var book = await OrderAsync(app, "book", 30);
        await app.Client.WaitForJobAsync(book, _ => held.Count == Places);

        using var response = await app.Client.SpeakAsync(new { text = "Somebody waits for this.", provider = "openai", format = "wav" });
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(Places, held.Count);

        // Whenever a chunk is let out another takes its place, now the book's and now the page's.
        var page = await OrderAsync(app, "page", 3);
        await app.Client.WaitForJobAsync(page, job => (string)job["stage"]! == "chunks");
        await app.Client.WaitForJobAsync(page, job =>
        {
            if (held.TryDequeue(out var next))
            {
                next.Release();
            }

            return (string)job["status"]! == "succeeded";
        });
        Assert.Equal("running", (string)(await app.Client.JobAsync(book))["status"]!);
        Assert.Equal(Concurrency, provider.MostUnderWay);

        provider.FaultFor = null;
        foreach (var rest in held)
        {
            rest.Release();
        }

        await app.Client.WaitForSuccessAsync(book);

        HeldFault Hold()
        {
            var fault = Fault.Held();
            held.Enqueue(fault);
            return fault;
        }
    }

    private static Task<string> OrderAsync(JobApp app, string title, int sentences) =>
        app.Client.OrderSpeechAsync(new { text = Tale.Of(title, sentences), provider = "openai", format = "wav", captions = true });
}
