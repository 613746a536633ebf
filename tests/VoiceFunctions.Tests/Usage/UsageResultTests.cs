using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class UsageResultTests
{
    private readonly List<UsageRecord> _calls = [];

    [Fact]
    public async Task Execute_Json_HasRowsAndTotals()
    {
        Add(UsageCalls.Call("web") with { CostUsd = 0.10m });
        Add(UsageCalls.Call("web", outcome: "rate_limited") with { CostUsd = null });
        Add(UsageCalls.Call(outcome: UsageSeries.Cancelled));
        var hit = UsageCalls.Call("web");
        Add(hit with { Series = hit.Series with { Cache = CacheOutcome.Hit }, CostUsd = 0, SavedUsd = 0.5m });
        Add(hit with { Series = hit.Series with { Cache = CacheOutcome.Shared }, CostUsd = 0, SavedUsd = null });
        Add(hit with { Series = hit.Series with { Unit = BillingUnit.Tokens }, Units = 7.50m });

        var report = JsonNode.Parse((await AnswerAsync()).ReadBody())!;

        Assert.Equal("2026-11-22T12:00:00+00:00", (string?)report["from"]);
        Assert.Equal(["key", "outcome"], report["groupBy"]!.AsArray().Select(name => (string)name!));
        var rows = report["rows"]!.AsArray();
        Assert.Equal(["/cancelled=1", "web/ok=4", "web/rate_limited=1"], rows.Select(row => $"{row!["group"]!["key"]}/{row["group"]!["outcome"]}={row["requests"]}"));
        Assert.Equal(("""{"key":"web","outcome":"ok"}""", 4, 1, 1), (rows[1]!["group"]!.ToJsonString(), (int)rows[1]!["requests"]!, (int)rows[1]!["cacheHits"]!, (int)rows[1]!["cacheShared"]!));
        Assert.Equal("""{"characters":0,"bytes":0,"tokens":7.5,"seconds":0}""", rows[1]!["billedUnits"]!.ToJsonString());
        Assert.Equal((0.10015m, 0.5m, null, 1), ((decimal)rows[1]!["costUsd"]!, (decimal)rows[1]!["knownSavedUsd"]!, rows[1]!["savedUsd"], (int)rows[1]!["unpricedHits"]!));
        var totals = report["totals"]!.AsObject();
        Assert.False(totals.ContainsKey("group"));
        Assert.Equal((6, 1, 1, 60, 3m), ((int)totals["requests"]!, (int)totals["errors"]!, (int)totals["cancelled"]!, (int)totals["characters"]!, (decimal)totals["audioSeconds"]!));
        Assert.Equal((null, 0.1003m, 1), (totals["costUsd"], (decimal)totals["knownCostUsd"]!, (int)totals["unpricedRequests"]!));
        Assert.InRange((double)totals["latency"]!["p99"]!, 0.098, 0.102);
    }

    [Fact]
    public async Task Execute_JsonOfNothing_HasNullsWhereNothingIsKnown()
    {
        var report = JsonNode.Parse((await AnswerAsync()).ReadBody())!;

        Assert.Empty(report["rows"]!.AsArray());
        Assert.Equal("""{"p50":null,"p95":null,"p99":null}""", report["totals"]!["latency"]!.ToJsonString());
        Assert.Equal(0, (int)report["totals"]!["costUsd"]!);
    }

    [Fact]
    public async Task Execute_Csv_IsQuotedAndNoFormula()
    {
        Add(UsageCalls.Call("=HYPERLINK(\"http://x\",1)"));
        Add(UsageCalls.Call("a,b\r\n\"c\"") with { CostUsd = null });
        Add(UsageCalls.Call("@x"));
        Add(UsageCalls.Call(key: null));

        var response = await AnswerAsync(csv: true);

        Assert.Equal("text/csv; charset=utf-8; header=present", response.ContentType);
        Assert.Equal(
            "key,outcome,requests,errors,cancelled,characters,audioSeconds,cacheHits,cacheShared,latencyP50,latencyP95,latencyP99,billedCharacters,billedBytes,billedTokens,"
            + "billedSeconds,costUsd,knownCostUsd,unpricedRequests,savedUsd,knownSavedUsd,unpricedHits\r\n"
            + ",ok,1,0,0,10,0.5,0,0,0.099328,0.099328,0.099328,0,0,0,0,0.00015,0.00015,0,0,0,0\r\n"
            + "\"'=HYPERLINK(\"\"http://x\"\",1)\",ok,1,0,0,10,0.5,0,0,0.099328,0.099328,0.099328,0,0,0,0,0.00015,0.00015,0,0,0,0\r\n"
            + "'@x,ok,1,0,0,10,0.5,0,0,0.099328,0.099328,0.099328,0,0,0,0,0.00015,0.00015,0,0,0,0\r\n"
            + "\"a,b\r\n\"\"c\"\"\",ok,1,0,0,10,0.5,0,0,0.099328,0.099328,0.099328,0,0,0,0,,0,1,0,0,0\r\n",
            response.ReadBody());
    }

    private void Add(UsageRecord call) => _calls.Add(call);

    private async Task<HttpResponse> AnswerAsync(bool csv = false)
    {
        var report = new UsageReport(new UsageQuery(UsageInstance.Noon, UsageInstance.Noon.AddHours(1), [UsageDimension.Key, UsageDimension.Outcome]) { Csv = csv });
        foreach (var (series, sums) in UsageCalls.Sum(_calls))
        {
            report.Add(UsageInstance.Noon, series, sums);
        }

        var http = TestRequest.With().HttpContext;
        http.RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider();
        await new UsageResult(report).ExecuteAsync(http);
        return http.Response;
    }
}
