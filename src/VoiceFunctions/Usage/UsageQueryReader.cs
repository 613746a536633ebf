using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Usage;

/// <summary>Reads the parameters of <c>GET /api/usage</c> and reports everything that is wrong with them at once.</summary>
internal static class UsageQueryReader
{
    /// <summary>The longest time that one report covers.</summary>
    public static readonly TimeSpan LongestRange = TimeSpan.FromDays(92);

    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly Dictionary<string, UsageDimension> Dimensions =
        Enum.GetValues<UsageDimension>().ToDictionary(dimension => dimension.Name());

    /// <exception cref="ProblemException">A parameter is unknown, given twice or out of range.</exception>
    public static UsageQuery Read(HttpRequest http, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        DateTimeOffset? from = null;
        DateTimeOffset? to = null;
        IReadOnlyList<UsageDimension> groupBy = [];
        var csv = PrefersCsv(http.Headers.Accept);
        foreach (var (name, values) in http.Query)
        {
            var value = values.ToString();
            switch (name)
            {
                case "from":
                    from = Time(name, value, errors);
                    break;
                case "to":
                    to = Time(name, value, errors);
                    break;
                case "groupBy":
                    groupBy = Grouping(value, errors);
                    break;
                case "format":
                    errors.AddIf(value is not ("json" or "csv"), name, "must be json or csv.");
                    csv = value == "csv";
                    break;
                default:
                    errors.Add(name, "is not a parameter of this request.");
                    break;
            }
        }

        errors.ThrowIfAny();
        var end = Minute((to ?? now).AddTicks(TimeSpan.TicksPerMinute - 1));
        var begin = Minute(from ?? end - DefaultRange);
        errors.AddIf(begin >= end, "from", "must be before 'to'.");
        errors.AddIf(end - begin > LongestRange, "from", $"must be at most {LongestRange.Days} days before 'to'.");
        errors.ThrowIfAny();
        return new UsageQuery(begin, end, groupBy) { Csv = csv };
    }

    private static DateTimeOffset? Time(string name, string value, FieldErrors errors)
    {
        if (DateTimeOffset.TryParseExact(value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time >= Earliest && time < Latest)
        {
            return time;
        }

        errors.Add(name, "must be an ISO 8601 time such as 2026-01-31 or 2026-01-31T12:00:00Z.");
        return null;
    }

    private static List<UsageDimension> Grouping(string value, FieldErrors errors)
    {
        List<UsageDimension> dimensions = [];
        foreach (var name in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Dimensions.TryGetValue(name, out var dimension))
            {
                errors.Add("groupBy", $"must list names out of {string.Join(", ", Dimensions.Keys)}.");
                break;
            }

            if (!dimensions.Contains(dimension))
            {
                dimensions.Add(dimension);
            }
        }

        return dimensions;
    }

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static bool PrefersCsv(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out var types) && Quality(types, "text/csv") > Quality(types, "application/json");

    private static double Quality(IEnumerable<MediaTypeHeaderValue> types, string wanted) =>
        types.Where(type => type.MediaType.Equals(wanted, StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
}
