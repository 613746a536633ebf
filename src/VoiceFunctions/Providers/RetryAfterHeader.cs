using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace VoiceFunctions.Providers;

/// <summary>How long a provider asks to be left alone: <c>retry-after-ms</c> (OpenAI, Azure), or <c>Retry-After</c> in seconds or as a date (RFC 9110, 10.2.3).</summary>
internal static class RetryAfterHeader
{
    /// <summary>A longer wait than this is not believed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan? Read(Func<string, string?> header, TimeProvider time)
    {
        if (Number(header("retry-after-ms")) is { } milliseconds)
        {
            return Clamp(milliseconds / 1000);
        }

        var value = header("Retry-After");
        if (Number(value) is { } seconds)
        {
            return Clamp(seconds);
        }

        return HeaderUtilities.TryParseDate(value, out var at)
            ? Clamp((at - time.GetUtcNow()).TotalSeconds)
            : null;
    }

    private static double? Number(string? value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static TimeSpan Clamp(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));
}
