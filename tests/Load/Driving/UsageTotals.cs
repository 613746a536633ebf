using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoiceFunctions.Load.Driving;

/// <summary>What the app's own usage report says of the last day.</summary>
internal sealed record UsageTotals(long Requests, long Errors, long Hits, long Shared)
{
    public static async Task<UsageTotals> ReadAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var report = await client.GetFromJsonAsync<JsonNode>("/api/usage", cancellationToken);
        var totals = report!["totals"]!;
        return new UsageTotals((long)totals["requests"]!, (long)totals["errors"]!, (long)totals["cacheHits"]!, (long)totals["cacheShared"]!);
    }
}
