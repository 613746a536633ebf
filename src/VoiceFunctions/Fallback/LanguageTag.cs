namespace VoiceFunctions.Fallback;

/// <summary>How BCP-47 tags cover one another, compared by subtags from the left.</summary>
internal static class LanguageTag
{
    /// <summary>Whether what is listed as <paramref name="listed"/> serves <paramref name="wanted"/>: <c>en</c> serves <c>en-GB</c>, and <c>en-US</c> serves <c>en</c>, but not <c>en-GB</c>.</summary>
    public static bool Covers(string listed, string wanted) => IsPrefix(listed, wanted) || IsPrefix(wanted, listed);

    public static bool Covers(IReadOnlyList<string> listed, string wanted)
    {
        for (var index = 0; index < listed.Count; index++)
        {
            if (Covers(listed[index], wanted))
            {
                return true;
            }
        }

        return listed.Count == 0;
    }

    /// <summary>The language itself: <c>en</c> of <c>en-GB</c>.</summary>
    public static string Primary(string tag) => tag.Split('-', 2)[0];

    /// <summary>How far what is listed is from what is wanted: 0 for the same tag, more for a wider language, most for a region that nobody asked for.</summary>
    public static int Distance(string listed, string wanted) =>
        string.Equals(listed, wanted, StringComparison.OrdinalIgnoreCase) ? 0
        : IsUsualRegion(listed, wanted) ? 1
        : IsPrefix(listed, wanted) ? 2
        : 3;

    /// <summary>Whether it is where most speakers of a bare language are who write software for it; for most languages the region of the same letters.</summary>
    private static bool IsUsualRegion(string listed, string language) => language.ToLowerInvariant() switch
    {
        "en" => Same(listed, "en-US"),
        "zh" => Same(listed, "zh-CN"),
        "pt" => Same(listed, "pt-BR"),
        "uk" => Same(listed, "uk-UA"),
        "ja" => Same(listed, "ja-JP"),
        "ko" => Same(listed, "ko-KR"),
        "hi" => Same(listed, "hi-IN"),
        "ar" => Same(listed, "ar-EG"),
        _ => IsPrefix(language, listed) && listed.Length > language.Length && Same(listed.AsSpan(language.Length + 1), language),
    };

    private static bool Same(ReadOnlySpan<char> tag, ReadOnlySpan<char> other) => tag.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsPrefix(string prefix, string tag) =>
        tag.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (tag.Length == prefix.Length || tag[prefix.Length] == '-');
}
