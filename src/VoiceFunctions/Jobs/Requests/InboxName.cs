using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>
/// Names of uploads: <c>{day}/{tenant}/{random}/{name}</c> in the container <c>inbox</c>. The day comes first, so that what is too old is found by name, and the
/// tenant, so that nobody can use what another has put there.
/// </summary>
internal static class InboxName
{
    public const string DayFormat = "yyyyMMdd";

    private const string Prefix = JobBlobs.InboxContainer + "/";
    private const int MaxName = 100;
    private const string Nameless = "upload";

    public static string New(string tenant, DateTimeOffset now, string name) =>
        $"{now.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture)}/{JobKeys.FolderOf(tenant)}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}/{Sanitize(name)}";

    /// <summary>As a caller names it.</summary>
    public static string Reference(string name) => Prefix + name;

    /// <summary>The blob that a caller's <c>inbox/…</c> names; <see langword="null"/> when it cannot be one of the tenant's.</summary>
    public static string? Parse(string reference, string tenant) =>
        reference.StartsWith(Prefix, StringComparison.Ordinal)
        && reference[Prefix.Length..].Split('/') is [{ Length: 8 } day, var owner, { Length: 32 } folder, { Length: > 0 and <= MaxName } name]
        && day.All(char.IsAsciiDigit) && owner == JobKeys.FolderOf(tenant) && folder.All(char.IsAsciiHexDigitLower) && name == Sanitize(name)
            ? reference[Prefix.Length..]
            : null;

    /// <summary>A file's name with nothing in it that a path, an address or a shell takes for something else. It keeps its extension.</summary>
    private static string Sanitize(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            safe.Append(char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '_');
        }

        var kept = safe.Length > MaxName ? safe.ToString(safe.Length - MaxName, MaxName) : safe.ToString();
        kept = kept.Trim('.');
        return kept.Length == 0 ? Nameless : kept;
    }
}
