using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Caching;

/// <summary>Prints how fast the cache is, as ratios to something that ran beside it. What is asserted is that the right thing was measured.</summary>
[Collection(nameof(CacheBenchmarks))]
[CollectionDefinition(nameof(CacheBenchmarks), DisableParallelization = true)]
public sealed class CacheBenchmarks
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hits_AgainstABareEndpointWithTheSameBytes()
    {
        const int Rounds = 5;
        var round = TimeSpan.FromSeconds(2);
        await using var app = await ProviderApp.StartAsync(("Logging__LogLevel__Default", "Warning"));
        var request = new { text = "This is asked for more often than anything else.", format = "mp3" };
        var made = await app.Client.SpeakCachedAsync(request.text, provider: null, format: request.format);
        await using var bare = await BareEndpoint.StartAsync(made.Audio);
        var body = JsonSerializer.Serialize(request);
        Assert.Equal(made.ETag, (await app.Client.SpeakCachedAsync(request.text, provider: null, format: request.format)).ETag);
        var (hits, plain) = (new HttpLoad(app.Process, app.Client.BaseAddress!, body), new HttpLoad(bare.Process, bare.Address, body));
        // Until the compiler has seen what is called often.
        await hits.RunAsync(6 * round);
        await plain.RunAsync(2 * round);

        var measured = new List<(double Ratio, double Ours, double Theirs, double OurTime, double TheirTime)>();
        for (var number = 0; number < Rounds; number++)
        {
            var (ours, theirs) = (await hits.RunAsync(round), await plain.RunAsync(round));
            measured.Add((ours.Rate / theirs.Rate, ours.Rate, theirs.Rate, ours.Microseconds, theirs.Microseconds));
        }

        measured.Sort();
        var median = measured[Rounds / 2];
        Measurement.Note(
            $"Memory hits over HTTP: {median.Ours:0} a second against {median.Theirs:0} of a bare Kestrel endpoint with the same {made.Audio.Length} bytes: ratio {median.Ratio:0.00} "
            + $"({measured[0].Ratio:0.00} to {measured[^1].Ratio:0.00} over {Rounds} rounds; aim 0.7). Of processors a hit takes {median.OurTime:0} us, the bare answer {median.TheirTime:0} us.");
        Assert.Equal(1, app.Servers.OpenAI.Count);
        Assert.Equal(1, await app.Client.UsageByCacheAsync("miss"));
    }

    [Fact]
    public async Task Misses_AgainstTheProviderItself()
    {
        const int Calls = 200;
        // Until the compiler has seen what is called often, here too.
        const int WarmUp = 300;
        await using var app = await ProviderApp.StartAsync(("Logging__LogLevel__Default", "Warning"));
        var table = new TableServiceClient(app.Storage.ConnectionString).GetTableClient("Bench");
        await table.CreateIfNotExistsAsync(Cancelled);
        using var provider = new HttpClient();
        provider.DefaultRequestHeaders.Authorization = new("Bearer", app.Servers.OpenAI.ApiKey);
        var speech = new Uri($"{app.Servers.OpenAI.Root}/audio/speech");
        var (direct, bypassed, missed, stored) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var number = -WarmUp; number < Calls; number++)
        {
            var text = $"This is sentence {number + 1000}, new to all.";
            var (one, two, three, four) = (
                await TimeAsync(() => AskProviderAsync(text)), await TimeAsync(() => app.Client.SpeakCachedAsync(text, cache: "bypass")),
                await TimeAsync(() => app.Client.SpeakCachedAsync(text)),
                await TimeAsync(() => table.AddEntityAsync(new TableEntity($"{number}", "r") { ["Text"] = new string('x', 300) }, Cancelled)));
            if (number >= 0)
            {
                direct.Add(one);
                bypassed.Add(two);
                missed.Add(three);
                stored.Add(four);
            }
        }

        var (provided, past, miss, storage) = (Median(direct), Median(bypassed), Median(missed), Median(stored));
        Measurement.Note(
            $"A miss takes {miss:0.00} ms at the median, the provider itself {provided:0.00} ms, an insert into the table {storage:0.00} ms: {miss - provided - storage:0.00} ms are added "
            + $"besides storage (aim 2); past the cache a call takes {past:0.00} ms, {past - provided:0.00} ms more than the provider.");
        Assert.Equal(3 * (Calls + WarmUp), app.Servers.OpenAI.Count);
        Assert.Equal(Calls + WarmUp, await app.Client.UsageByCacheAsync("miss"));

        async Task AskProviderAsync(string text)
        {
            using var response = await provider.PostAsJsonAsync(speech, new { model = "gpt-4o-mini-tts", input = text, voice = "alloy", response_format = "wav" }, Cancelled);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(Cancelled));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var start = TimeProvider.System.GetTimestamp();
        await call();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
