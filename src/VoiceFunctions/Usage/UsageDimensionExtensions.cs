using System.Globalization;
using System.Text.Json;

namespace VoiceFunctions.Usage;

internal static class UsageDimensionExtensions
{
    private const string IsoTime = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The name in a query and in a report.</summary>
    public static string Name(this UsageDimension dimension) => JsonNamingPolicy.CamelCase.ConvertName(dimension.ToString());

    /// <summary>Where calls of a minute and series stand in the dimension.</summary>
    public static string? Value(this UsageDimension dimension, DateTimeOffset minute, UsageSeries series) => dimension switch
    {
        UsageDimension.Day => minute.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        UsageDimension.Hour => minute.AddMinutes(-minute.Minute).ToString(IsoTime, CultureInfo.InvariantCulture),
        UsageDimension.Minute => minute.ToString(IsoTime, CultureInfo.InvariantCulture),
        UsageDimension.Operation => series.Operation.Name(),
        UsageDimension.Provider => series.Provider,
        UsageDimension.Model => series.Model,
        UsageDimension.Key => series.KeyName,
        UsageDimension.Cache => series.Cache?.Name(),
        UsageDimension.Outcome => series.Outcome,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };
}
