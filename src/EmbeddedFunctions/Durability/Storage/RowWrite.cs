namespace EmbeddedFunctions.Durability.Storage;

/// <summary>One write of a commit. The condition is part of it: it is what makes the whole commit happen or not.</summary>
/// <param name="Key">The row key, in the partition of the commit.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Data">The content; empty for a deletion.</param>
/// <param name="ETag">The version that must be there; null for <see cref="RowWriteKind.Insert"/>, and where any version will do.</param>
internal sealed record RowWrite(string Key, RowWriteKind Kind, byte[] Data, string? ETag)
{
    /// <summary>The row must not be there.</summary>
    public static RowWrite Insert(string key, byte[] data) => new(key, RowWriteKind.Insert, data, null);

    /// <summary>The row must be there, in this version.</summary>
    public static RowWrite Replace(string key, byte[] data, string etag) => new(key, RowWriteKind.Replace, data, etag);

    /// <summary>The row must be there, in this version if one is given.</summary>
    public static RowWrite Delete(string key, string? etag = null) => new(key, RowWriteKind.Delete, [], etag);
}
