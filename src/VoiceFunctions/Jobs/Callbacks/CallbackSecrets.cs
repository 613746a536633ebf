using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>
/// Secrets as they are stored: AES-256-GCM with a random nonce, bound to their job, so that one that is copied into another job's record is of no use there.
/// </summary>
internal sealed class CallbackSecrets(CallbackKey key)
{
    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    public async Task<string> EncryptAsync(string secret, string jobId, CancellationToken cancellationToken)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var (nonce, tag, cipher) = Parts(sealedBytes);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(await key.GetAsync(cancellationToken), TagBytes);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span, Encoding.UTF8.GetBytes(jobId));
        return Convert.ToBase64String(sealedBytes);
    }

    /// <exception cref="CryptographicException">It was encrypted with another key or for another job, or is damaged.</exception>
    public async Task<string> DecryptAsync(string stored, string jobId, CancellationToken cancellationToken)
    {
        var sealedBytes = Convert.FromBase64String(stored);
        if (sealedBytes.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("The stored secret is damaged.");
        }

        var (nonce, tag, cipher) = Parts(sealedBytes);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(await key.GetAsync(cancellationToken), TagBytes);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain, Encoding.UTF8.GetBytes(jobId));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>The same for the same secret, and nothing that it could be guessed from.</summary>
    public async Task<string> FingerprintAsync(string secret, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(await key.GetAsync(cancellationToken), Encoding.UTF8.GetBytes($"fingerprint:{secret}")));

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(Memory<byte> bytes) =>
        (bytes[..NonceBytes], bytes[NonceBytes..(NonceBytes + TagBytes)], bytes[(NonceBytes + TagBytes)..]);
}
