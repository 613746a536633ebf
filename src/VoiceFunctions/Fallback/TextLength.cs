using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>The length of a text in the unit that a provider counts in.</summary>
internal static class TextLength
{
    public static long Of(string text, BillingUnit unit) => TextMeasure.Of(text).In(unit);
}
