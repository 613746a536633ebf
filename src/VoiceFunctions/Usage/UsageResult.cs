using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Usage;

/// <summary>Answers with a report as JSON or CSV.</summary>
internal sealed class UsageResult(UsageReport report) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // What a report says of a time that is not over changes with every call.
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers.Vary = "Accept";
        string[] names = [.. report.Query.GroupBy.Select(dimension => dimension.Name())];
        UsageFigures[] rows = [.. report.Groups.Select(group => UsageFigures.Of(group.Totals, names.Zip(group.Values).ToDictionary()))];
        IResult result = report.Query.Csv
            ? TypedResults.Text(UsageCsv.Write(names, rows), "text/csv; charset=utf-8; header=present")
            : TypedResults.Json(new UsageDocument(report.Query.From, report.Query.To, names, rows, UsageFigures.Of(report.Totals)), ApiJson.Wire.UsageDocument);
        return result.ExecuteAsync(httpContext);
    }
}
