using System.Globalization;

namespace VoiceFunctions.Providers.Google;

/// <summary>google.protobuf.Duration in JSON: decimal seconds with an <c>s</c> behind, such as <c>1.300s</c>.</summary>
internal static class GoogleDuration
{
    public static bool TryParse(string text, out double seconds)
    {
        seconds = 0;
        return text.EndsWith('s') && double.TryParse(text.AsSpan()[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds);
    }

    /// <exception cref="ProviderException">The text is no duration.</exception>
    public static double? Parse(string? text) =>
        text is null ? null : TryParse(text, out var seconds) ? seconds
            : throw new ProviderException(GoogleProvider.Name, ProviderFailureKind.BadResult, "A time in the answer is malformed.");
}
