namespace VoiceFunctions.Caching;

/// <summary>Why something is removed from storage.</summary>
internal enum EvictionReason
{
    /// <summary>It was made too long ago.</summary>
    Age,

    /// <summary>It takes room that others need more.</summary>
    Size,

    /// <summary>It is what a crash left of a result.</summary>
    Orphan,
}
