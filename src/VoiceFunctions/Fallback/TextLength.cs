using System.Text;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>The length of a text in the unit that a provider counts in.</summary>
internal static class TextLength
{
    /// <summary>Characters of English text to a token, at the least (OpenAI, "What are tokens": about four), so that an estimate errs towards too long.</summary>
    private const int CharactersPerToken = 3;

    private const char FirstSurrogate = '\uD800', LastSurrogate = '\uDFFF';

    public static long Of(string text, BillingUnit unit) => unit switch
    {
        BillingUnit.Bytes => Encoding.UTF8.GetByteCount(text),
        // A token is at most one character of any other script, so only ASCII counts for less.
        BillingUnit.Tokens when Ascii.IsValid(text) => text.Length - (text.Length * (CharactersPerToken - 1) / CharactersPerToken),
        BillingUnit.Tokens => Characters(text) - (text.Count(char.IsAscii) * (CharactersPerToken - 1) / CharactersPerToken),
        _ => Characters(text),
    };

    private static long Characters(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstSurrogate, LastSurrogate))
        {
            return text.Length;
        }

        long count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
