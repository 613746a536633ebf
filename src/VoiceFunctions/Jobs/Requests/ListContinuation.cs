using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>
/// The mark to go on from in a list, as clients hold it. It carries a checksum over the list that it belongs to, so that one that was cut, changed or taken
/// from another list is told from a right one. It is no secret and opens nothing: whoever writes one gets to another place of their own tenant's list.
/// </summary>
internal static class ListContinuation
{
    private const int ChecksumBytes = 16;

    public static string Write(string mark, string tenant, JobKind? kind, JobStatus? status) =>
        Base64Url.EncodeToString([.. Checksum(mark, tenant, kind, status), .. Encoding.UTF8.GetBytes(mark)]);

    /// <returns><see langword="null"/> for what is no mark of this list.</returns>
    public static string? Read(string token, string tenant, JobKind? kind, JobStatus? status)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= ChecksumBytes)
        {
            return null;
        }

        var mark = Encoding.UTF8.GetString(bytes[ChecksumBytes..]);
        return bytes[..ChecksumBytes].SequenceEqual(Checksum(mark, tenant, kind, status)) ? mark : null;
    }

    private static ReadOnlySpan<byte> Checksum(string mark, string tenant, JobKind? kind, JobStatus? status) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant.Length}:{tenant}|{kind}|{status}|{mark}")).AsSpan(0, ChecksumBytes);
}
