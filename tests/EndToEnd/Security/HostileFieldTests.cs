using System.Net;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>What callers may name freely, because a provider knows it better: it gets to the provider as it is, or not at all, and into no header.</summary>
[Collection<PlainCollection>]
public sealed class HostileFieldTests(PlainApp app)
{
    private static readonly string[] Names =
        ["голос", "a\r\nX-Evil: 1", "\u0001", "\ud800", "a\"/><voice name=\"b", "../../voices", "a&b=c", "😀", new string('a', 180), " ", "a\u202eb"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => [.. ProviderServers.Names];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task VoiceAndModel_OfAnyName_AreServedOrRefused(string provider)
    {
        foreach (var name in Names)
        {
            await SendAsync(new { text = "Hello.", voice = $"{provider}:{name}", format = "wav", cache = "bypass" });
            await SendAsync(new { text = "Hello.", provider, model = name, format = "wav", cache = "bypass" });
        }
    }

    private async Task SendAsync(object body)
    {
        using var response = await app.Client.SpeakAsync(body);

        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.ServiceUnavailable, $"{response.StatusCode}: {text}");
        Assert.False(response.Headers.Contains("X-Evil"));
    }
}
