namespace VoiceFunctions.Caching;

/// <summary>What storage says about a result.</summary>
internal abstract record StoreAnswer
{
    /// <summary>There is none, nobody is known to make it, and nobody has been told that the asker does.</summary>
    public static readonly StoreAnswer Nothing = new None();

    private StoreAnswer()
    {
    }

    /// <summary>Here it is.</summary>
    public sealed record Found(CachedSpeech Speech) : StoreAnswer;

    /// <summary>It is too large for its row.</summary>
    public sealed record InBlob(StoredRow Row) : StoreAnswer;

    /// <summary>There is none, and the asker has the right to make it.</summary>
    public sealed record Claimed(SpeechLease Lease) : StoreAnswer;

    /// <summary>Another instance makes it, and has the right to until then.</summary>
    public sealed record Held(DateTimeOffset Until) : StoreAnswer;

    private sealed record None : StoreAnswer;
}
