using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Storage;

/// <summary>
/// A name as part of a key of Table Storage. Letters, digits, dots and dashes stand for themselves, every other UTF-16 unit is written as <c>~</c> and four
/// hexadecimal digits, so that no name breaks a key and no two names share one.
/// </summary>
internal static class KeySegment
{
    /// <summary>
    /// Characters of an escaped name; a key has at most 1 KiB of UTF-16 (Microsoft, "Understanding the Table service data model"). A longer name keeps its
    /// beginning and ends in <c>~~</c>, which no escape has in it, and the name's SHA-256.
    /// </summary>
    private const int MaxEscaped = 400;

    public static string Of(string name)
    {
        var escaped = new StringBuilder(name.Length);
        foreach (var unit in name)
        {
            if (char.IsAsciiLetterOrDigit(unit) || unit is '.' or '-')
            {
                escaped.Append(unit);
            }
            else
            {
                escaped.Append('~').Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return escaped.Length <= MaxEscaped
            ? escaped.ToString()
            : $"{escaped.ToString(0, MaxEscaped)}~~{Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(name)))}";
    }
}
