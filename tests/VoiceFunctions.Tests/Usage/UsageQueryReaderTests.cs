using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class UsageQueryReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 34, 56, TimeSpan.Zero);

    [Fact]
    public void Read_Nothing_IsTheLastDayUpToTheMinuteThatRuns()
    {
        var query = Read("");

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 12, 35, 0, TimeSpan.Zero), query.From);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 12, 35, 0, TimeSpan.Zero), query.To);
        Assert.Empty(query.GroupBy);
        Assert.False(query.Csv);
    }

    [Theory]
    [InlineData("?from=2026-11-20&to=2026-11-21", "2026-11-20T00:00Z", "2026-11-21T00:00Z")]
    [InlineData("?from=2026-11-20T10:00:59Z&to=2026-11-20T10:01:01Z", "2026-11-20T10:00Z", "2026-11-20T10:02Z")]
    [InlineData("?from=2026-11-20T10:00&to=2026-11-20T11:00:00.5", "2026-11-20T10:00Z", "2026-11-20T11:01Z")]
    [InlineData("?from=2026-11-20T10:00%2B02:00&to=2026-11-20T09:00:00-01:00", "2026-11-20T08:00Z", "2026-11-20T10:00Z")]
    [InlineData("?to=2000-01-01", "1999-12-31T00:00Z", "2000-01-01T00:00Z")]
    public void Read_Times_AreRoundedOutwardsToMinutes(string parameters, string from, string to)
    {
        var query = Read(parameters);

        Assert.Equal((DateTimeOffset.Parse(from), DateTimeOffset.Parse(to)), (query.From, query.To));
    }

    [Fact]
    public void Read_Grouping_KeepsItsOrderOnce() =>
        Assert.Equal([UsageDimension.Key, UsageDimension.Day, UsageDimension.Cache], Read("?groupBy=key,%20day,cache,key").GroupBy);

    [Theory]
    [InlineData("", null, false)]
    [InlineData("", "text/csv", true)]
    [InlineData("", "application/json;q=0.5, text/csv", true)]
    [InlineData("", "application/json, text/csv;q=0.5", false)]
    [InlineData("", "*/*", false)]
    [InlineData("?format=csv", "application/json", true)]
    [InlineData("?format=json", "text/csv", false)]
    public void Read_Format_IsTheParametersElseWhatIsAccepted(string parameters, string? accept, bool csv) => Assert.Equal(csv, Read(parameters, accept).Csv);

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?from=", "from")]
    [InlineData("?from=2026-11-20&from=2026-11-21", "from")]
    [InlineData("?from=2026-11-22T13:00", "from")]
    [InlineData("?from=2026-08-22&to=2026-11-23", "from")]
    [InlineData("?to=0001-01-01", "to")]
    [InlineData("?to=9999-12-31T23:59:59Z", "to")]
    [InlineData("?groupBy=day,colour", "groupBy")]
    [InlineData("?groupBy=0", "groupBy")]
    [InlineData("?format=xml", "format")]
    [InlineData("?tenant=other", "tenant")]
    public void Read_Wrong_NamesTheField(string parameters, string field)
    {
        var problem = Assert.Throws<ProblemException>(() => Read(parameters));

        Assert.Equal("invalid_request", problem.Kind.Code);
        Assert.Equal([field], problem.Errors!.Keys);
    }

    [Fact]
    public void Read_LongestRange_IsTaken() => Assert.Equal(92, (Read("?from=2026-08-22&to=2026-11-22").To - Read("?from=2026-08-22&to=2026-11-22").From).TotalDays);

    private static UsageQuery Read(string parameters, string? accept = null)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(parameters);
        http.Request.Headers.Accept = accept;
        return UsageQueryReader.Read(http.Request, Now);
    }
}
