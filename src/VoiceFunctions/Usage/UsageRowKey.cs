using System.Globalization;

namespace VoiceFunctions.Usage;

/// <summary>
/// The row of a minute on an instance, in the partition of its day. An instance numbers its rows and never uses a number twice, so that a row is only ever
/// replaced by its own later totals, wherever the clock goes.
/// </summary>
internal readonly record struct UsageRowKey(TimeOnly Minute, string Instance, long Number)
{
    /// <summary>Sorts before every row of that minute and after every row of the one before.</summary>
    public static string First(TimeOnly minute) => minute.ToString("HHmm", CultureInfo.InvariantCulture);

    /// <exception cref="InvalidDataException">It is no such key.</exception>
    public static TimeOnly MinuteOf(string rowKey) =>
        rowKey is { Length: > 5 } && TimeOnly.TryParseExact(rowKey.AsSpan(0, 4), "HHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var minute)
            ? minute
            : throw new InvalidDataException("A row of usage has no minute.");

    public override string ToString() => $"{First(Minute)}_{Instance}_{Number}";
}
