using System.Security.Cryptography;
using System.Text;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>A version 5 UUID (RFC 9562, 5.5), as the official orchestration context makes them.</summary>
internal static class DeterministicGuid
{
    /// <summary>The namespace that the official context has.</summary>
    private static readonly Guid Namespace = new("9e952958-5e33-4daf-827f-2fa12937b875");

    public static Guid Create(string instanceId, DateTime time, int counter)
    {
        var name = Encoding.UTF8.GetBytes($"{instanceId}_{time:o}_{counter}");
        // The UUID standard builds version 5 on SHA-1; nothing is protected by it.
#pragma warning disable CA5350
        var hash = SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. name]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
