using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>What was asked for, as one number: the same for the same fields and bytes, however they were written.</summary>
internal static class RequestHash
{
    /// <param name="request">The fields, without the secret.</param>
    /// <param name="type">How they are written down.</param>
    /// <param name="secret">A fingerprint of the secret, if there is one.</param>
    /// <param name="audio">The SHA-256 of audio that came with the request.</param>
    public static string Of<T>(T request, JsonTypeInfo<T> type, string? secret, ReadOnlySpan<byte> audio = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(request, type));
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"|{secret}|"));
        hash.AppendData(audio);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
