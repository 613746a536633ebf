namespace VoiceFunctions.Caching;

/// <summary>What an eviction removed, and what storage holds after it as far as the index knows.</summary>
public sealed record EvictionReport
{
    /// <summary>Results that were too old.</summary>
    public int Aged { get; set; }

    /// <summary>Results that others needed the room of.</summary>
    public int Crowded { get; set; }

    /// <summary>Rows, blobs and index entries without the rest of their result.</summary>
    public int Orphans { get; set; }

    public long Entries { get; set; }

    public long Bytes { get; set; }
}
