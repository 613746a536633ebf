namespace VoiceFunctions.Caching;

/// <summary>How much there is in a partition of the index.</summary>
internal readonly record struct PartitionSize(long Bytes, long Entries)
{
    public static PartitionSize Empty => default;

    /// <summary>With one entry of that many bytes more.</summary>
    public static PartitionSize operator +(PartitionSize size, long bytes) => new(size.Bytes + bytes, size.Entries + 1);

    /// <summary>With one entry of that many bytes less.</summary>
    public static PartitionSize operator -(PartitionSize size, long bytes) => new(size.Bytes - bytes, size.Entries - 1);
}
