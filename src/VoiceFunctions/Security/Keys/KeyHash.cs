using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Security.Keys;

/// <summary>
/// What is kept of a secret: SHA-256 of a salt and the secret. One round is enough, because 256 random bits cannot be guessed however fast a guess is; a password
/// would need a slow hash.
/// </summary>
internal sealed class KeyHash(byte[] salt, byte[] hash)
{
    private const int SaltBytes = 16;

    /// <summary>More than any secret that is compared has.</summary>
    private const int MaxBytes = 256;

    /// <summary>Of no secret. Held against what is sent with an unknown id, so that the answer takes as long.</summary>
    public static readonly KeyHash Nobody = new(new byte[SaltBytes], RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    public ReadOnlyMemory<byte> Salt => salt;

    public ReadOnlyMemory<byte> Hash => hash;

    public static KeyHash Of(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = new byte[SHA256.HashSizeInBytes];
        Compute(salt, secret, hash);
        return new KeyHash(salt, hash);
    }

    public bool Matches(ReadOnlySpan<char> secret)
    {
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        Compute(salt, secret, computed);
        return CryptographicOperations.FixedTimeEquals(computed, hash);
    }

    private static void Compute(ReadOnlySpan<byte> salt, ReadOnlySpan<char> secret, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[MaxBytes];
        salt.CopyTo(input);
        var length = salt.Length + Encoding.UTF8.GetBytes(secret, input[salt.Length..]);
        SHA256.HashData(input[..length], hash);
    }
}
