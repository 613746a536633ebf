using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Storage that is away in the middle of a job.</summary>
public sealed class OutageTests
{
    private const int Chunks = 40;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Speech_StorageAwayForTenSeconds_EndsWellAndBuysNothingTwice()
    {
        await using var app = await JobApp.StartAsync(("Jobs__Chunks__InFlight", "4"));
        var provider = app.Servers.OpenAI;
        provider.FaultFor = _ => Fault.Late(TimeSpan.FromMilliseconds(500));
        var id = await app.Client.OrderSpeechAsync(new { text = Tale.Of("outage", Chunks), provider = "openai", format = "wav", captions = true });
        await app.Client.WaitForJobAsync(id, job => (int)job["progress"]!["done"]! > 0);

        await app.Storage.StopAsync();
        await Task.Delay(Outage, TimeProvider.System, TestContext.Current.CancellationToken);
        await app.Storage.StartAsync();

        var job = await app.Client.WaitForSuccessAsync(id);
        Assert.Equal(Chunks, (int)job["progress"]!["done"]!);
        // What was made while storage was away was kept at hand until it was back.
        Assert.Equal(Chunks, provider.Count);
        Assert.Equal(provider.Requests.Select(request => request.Text).Distinct().Count(), provider.Count);
        await app.WaitUntilClearedAsync();
    }
}
