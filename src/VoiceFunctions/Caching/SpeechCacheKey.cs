using System.Globalization;

namespace VoiceFunctions.Caching;

/// <summary>SHA-256 over everything that decides what a result is.</summary>
internal readonly record struct SpeechCacheKey(UInt128 High, UInt128 Low)
{
    /// <summary>Raised when results come to be made or kept in another way, so that none from before is served.</summary>
    public const int Schema = 1;

    /// <summary>64 characters of lower-case hex.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x32}{Low:x32}");
}
