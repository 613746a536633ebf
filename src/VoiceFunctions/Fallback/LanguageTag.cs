namespace VoiceFunctions.Fallback;

/// <summary>How BCP-47 tags cover one another, compared by subtags from the left.</summary>
internal static class LanguageTag
{
    /// <summary>Whether what is listed as <paramref name="listed"/> serves <paramref name="wanted"/>: <c>en</c> serves <c>en-GB</c>, and <c>en-US</c> serves <c>en</c>, but not <c>en-GB</c>.</summary>
    public static bool Covers(string listed, string wanted) => IsPrefix(listed, wanted) || IsPrefix(wanted, listed);

    public static bool Covers(IReadOnlyList<string> listed, string wanted) => listed.Count == 0 || listed.Any(tag => Covers(tag, wanted));

    /// <summary>The language itself: <c>en</c> of <c>en-GB</c>.</summary>
    public static string Primary(string tag) => tag.Split('-', 2)[0];

    private static bool IsPrefix(string prefix, string tag) =>
        tag.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (tag.Length == prefix.Length || tag[prefix.Length] == '-');
}
