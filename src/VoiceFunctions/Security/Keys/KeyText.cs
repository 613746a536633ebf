using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace VoiceFunctions.Security.Keys;

/// <summary>A key as callers send it: <c>vf_</c>, an id that is no secret, <c>_</c>, and 32 random bytes in base64url.</summary>
internal static class KeyText
{
    /// <summary>Longer headers are not looked at.</summary>
    public const int MaxHeader = 128;

    private const string Prefix = "vf_";
    private const int IdLength = 12;
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int Length = 3 + IdLength + 1 + SecretLength;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(IdAlphabet);

    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string Join(string id, string secret) => $"{Prefix}{id}_{secret}";

    public static bool IsId(ReadOnlySpan<char> id) => id.Length == IdLength && !id.ContainsAnyExcept(IdCharacters);

    /// <returns>Whether it has the form of a key; the secret may still be anything.</returns>
    public static bool TryParse(ReadOnlySpan<char> key, out ReadOnlySpan<char> id, out ReadOnlySpan<char> secret)
    {
        id = secret = default;
        if (key.Length != Length || !key.StartsWith(Prefix) || key[Prefix.Length + IdLength] != '_' || !IsId(key.Slice(Prefix.Length, IdLength)))
        {
            return false;
        }

        id = key.Slice(Prefix.Length, IdLength);
        secret = key[^SecretLength..];
        return true;
    }
}
