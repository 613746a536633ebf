using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs;

/// <summary>
/// Ids of jobs, keys of their rows and names of their blobs. A job has two rows in the partition of its tenant, written by one transaction: its record, found
/// by id, and its place in the list, which sorts newest first.
/// </summary>
internal static class JobKeys
{
    /// <summary>The partition that tells which job is to be looked at, and when.</summary>
    public const string Agenda = "agenda";

    /// <summary>Sorts before every place in the list.</summary>
    public const string ListBegin = "new-";

    /// <summary>Sorts after every place in the list.</summary>
    public const string ListEnd = "new.";

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The id of the job that a tenant's <c>Idempotency-Key</c> stands for, so that inserting the record decides who was first.</summary>
    public static string IdOf(string tenant, string idempotencyKey) => Hash("key", tenant, idempotencyKey);

    /// <summary>The id of the job for one version of a dropped file.</summary>
    public static string IdOf(string container, string name, string etag) => Hash("drop", container, name, etag);

    /// <summary>Whether it can be the id of a job; what cannot is not looked for.</summary>
    public static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    /// <summary>The partition of a tenant's jobs.</summary>
    public static string Partition(string tenant) => $"t-{KeySegment.Of(tenant)}";

    public static string Record(string id) => $"id-{id}";

    /// <summary>Sorts before the places of older jobs, and within a tick by id.</summary>
    public static string Place(DateTimeOffset createdAt, string id) => 
        $"{ListBegin}{(DateTimeOffset.MaxValue.Ticks - createdAt.UtcTicks).ToString("x16", CultureInfo.InvariantCulture)}-{id}";

    /// <summary>Where a job's temporary blobs lie.</summary>
    public static string Folder(string tenant, string id) => $"{FolderOf(tenant)}/{id}";

    /// <summary>A tenant's folder in any of the containers.</summary>
    public static string FolderOf(string tenant) => KeySegment.Of(tenant).Replace(".", "~002e", StringComparison.Ordinal);

    private static string Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            // With its length in front, so that no two lists of parts are the same bytes.
            hash.AppendData(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(part)}:"));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
