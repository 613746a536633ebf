using System.Globalization;
using System.Text;

namespace VoiceFunctions.Caching;

/// <summary>Keys of the rows and names of the blobs that results are kept in.</summary>
internal static class CacheRows
{
    /// <summary>The row key of every result; its partition is its cache key, so that results spread over all of storage.</summary>
    public const string Result = "r";

    /// <summary>The partition of the index that lists its other partitions.</summary>
    public const string Partitions = "partitions";

    /// <summary>The partition of the index that holds how far the search for left-over blobs has come.</summary>
    public const string Sweep = "sweep";

    private const char Escape = '~';

    /// <summary>The partition of the index for the results of a tenant that were last used on a day.</summary>
    public static string Partition(string tenant, DateTimeOffset usedAt) => Partition(Escaped(tenant), DateOnly.FromDateTime(usedAt.UtcDateTime));

    /// <param name="tenant">As <see cref="Parse"/> gives it.</param>
    /// <param name="day">Of last use.</param>
    public static string Partition(string tenant, DateOnly day) => $"{tenant}|{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    /// <summary>The tenant, as keys have it, and the day that a partition is for; <see langword="null"/> for what is no such partition.</summary>
    public static (string Tenant, DateOnly Day)? Parse(string partition) =>
        partition.Split('|') is [var tenant, var day] && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? (tenant, parsed)
            : null;

    /// <summary>A new name for a blob: whoever deletes a blob that it has read of never deletes one that was written since.</summary>
    public static string NewBlob(SpeechCacheKey key) => $"{key}/{Guid.NewGuid():N}";

    /// <summary>The partition of the result that the blob belongs to.</summary>
    public static string Owner(string blob) => blob.Split('/')[0];

    /// <summary>A tenant's name with nothing in it that a key may not hold (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model) or that parts a key.</summary>
    private static string Escaped(string tenant)
    {
        var escaped = new StringBuilder(tenant.Length);
        foreach (var character in tenant)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            {
                escaped.Append(character);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"{Escape}{(int)character:x4}");
            }
        }

        return escaped.ToString();
    }
}
