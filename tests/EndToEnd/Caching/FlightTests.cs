using System.Net;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Caching;

/// <summary>Equal calls at the same time are made once.</summary>
public sealed class FlightTests
{
    private const string Text = "Everybody wants to hear this now.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Speak_AHundredEqualCallsAtOnce_IsOneCallOfTheProvider()
    {
        await using var app = await ProviderApp.StartAsync(CacheCalls.Patient);
        using var slow = Fault.SlowDrip(1 << 20);
        app.Servers.OpenAI.Enqueue(slow);

        var calls = Enumerable.Range(0, 100).Select(_ => app.Client.SpeakCachedAsync(Text)).ToArray();
        await app.Servers.OpenAI.ArrivalAsync(Cancelled);
        // One who comes last and has no patience. It leaves when the others have long been waiting, and takes nobody with it.
        using (var impatient = await app.Client.SpeakWithinAsync(new { text = Text, provider = "openai", format = "wav" }, seconds: 1))
        {
            await impatient.ExpectProblemAsync(HttpStatusCode.GatewayTimeout, "deadline_exceeded");
        }

        slow.ReleaseAll();
        var answers = await Task.WhenAll(calls);

        Assert.Equal(1, app.Servers.OpenAI.Count);
        Assert.Single(answers.Select(answer => answer.ETag).Distinct());
        Assert.All(answers, answer => Assert.Equal(answers[0].Audio, answer.Audio));
        // Who comes so late that the answer is there already has not shared a flight.
        var (made, shared, late) = (Count("miss"), Count("shared"), Count("hit"));
        Assert.Equal((1, 99), (made, shared + late));
        Assert.InRange(shared, 1, 99);
        Assert.Equal((made, shared, late), (await app.Client.UsageByCacheAsync("miss"), await app.Client.UsageByCacheAsync("shared"), await app.Client.UsageByCacheAsync("hit")));

        int Count(string cache) => answers.Count(answer => answer.Cache == cache);
    }

    [Fact]
    public async Task Speak_CallersLeave_EndsTheCallWithTheLast()
    {
        await using var app = await ProviderApp.StartAsync(CacheCalls.Patient);
        var hang = Fault.Hang();
        app.Servers.OpenAI.Enqueue(hang);

        var calls = Enumerable.Range(0, 10).Select(_ => app.Client.SpeakWithinAsync(new { text = Text, provider = "openai", format = "wav" }, seconds: 2)).ToArray();

        foreach (var response in await Task.WhenAll(calls))
        {
            using (response)
            {
                await response.ExpectProblemAsync(HttpStatusCode.GatewayTimeout, "deadline_exceeded");
            }
        }

        await hang.ClientLeft.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(1, app.Servers.OpenAI.Count);
    }

    [Fact]
    public async Task Speak_TwoProcessesAtOnce_IsOneCallInAll()
    {
        await using var app = await ProviderApp.StartAsync(CacheCalls.Patient, ("Cache__LeaseWait", "00:00:30"));
        await using var other = await app.StartAnotherAsync();
        using var slow = Fault.SlowDrip(1 << 20);
        app.Servers.OpenAI.Enqueue(slow);

        var calls = Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? app.Client : other.Client).SpeakCachedAsync(Text)).ToArray();
        await app.Servers.OpenAI.ArrivalAsync(Cancelled);
        foreach (var client in new[] { app.Client, other.Client })
        {
            using var impatient = await client.SpeakWithinAsync(new { text = Text, provider = "openai", format = "wav" }, seconds: 1);
            await impatient.ExpectProblemAsync(HttpStatusCode.GatewayTimeout, "deadline_exceeded");
        }

        slow.ReleaseAll();
        var answers = await Task.WhenAll(calls);

        Assert.Equal(1, app.Servers.OpenAI.Count);
        Assert.Equal(1, answers.Count(answer => answer.Cache == "miss"));
        Assert.All(answers, answer => Assert.Equal(answers[0].Audio, answer.Audio));
    }

    [Fact]
    public async Task Speak_LeaseIsWaitedForInVain_IsOneCallPerProcess()
    {
        await using var app = await ProviderApp.StartAsync(CacheCalls.Patient, ("Cache__LeaseWait", "00:00:00.3"));
        await using var other = await app.StartAnotherAsync();
        using var slow = Fault.SlowDrip(1 << 20);
        using var slower = Fault.SlowDrip(1 << 20);
        app.Servers.OpenAI.Enqueue(slow, slower);

        var calls = Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? app.Client : other.Client).SpeakCachedAsync(Text)).ToArray();
        await app.Servers.OpenAI.ArrivalAsync(Cancelled);
        await app.Servers.OpenAI.ArrivalAsync(Cancelled);
        slow.ReleaseAll();
        slower.ReleaseAll();
        var answers = await Task.WhenAll(calls);

        Assert.Equal(2, app.Servers.OpenAI.Count);
        Assert.Equal(2, answers.Count(answer => answer.Cache == "miss"));
    }
}
