namespace VoiceFunctions.Caching;

/// <summary>
/// The results that storage is known to have, as far as this process remembers: of two that fall to the same place the later stays. Storage may have removed one
/// since; who takes it to be there still waits longer for storage to say so, and that is all.
/// </summary>
internal sealed class StoredKeys
{
    private readonly ulong[] _places = new ulong[1 << 16];

    public void Add(SpeechCacheKey key) => Volatile.Write(ref _places[Place(key)], Print(key));

    public bool Contains(SpeechCacheKey key) => Volatile.Read(ref _places[Place(key)]) == Print(key);

    private static int Place(SpeechCacheKey key) => (ushort)key.Low;

    private static ulong Print(SpeechCacheKey key) => (ulong)key.High;
}
