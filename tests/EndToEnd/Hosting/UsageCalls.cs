using System.Net;
using System.Text.Json.Nodes;

namespace VoiceFunctions.EndToEnd.Hosting;

/// <summary>The usage report as a client reads it.</summary>
internal static class UsageCalls
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<JsonNode> UsageAsync(this HttpClient client, string query = "")
    {
        using var response = await client.GetAsync(new Uri($"/api/usage{query}", UriKind.Relative), Cancelled);
        var report = await response.ReadJsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, report.ToJsonString());
        return report;
    }

    /// <summary>The totals of the last day.</summary>
    public static async Task<JsonNode> UsageTotalsAsync(this HttpClient client) => (await client.UsageAsync())["totals"]!;
}
