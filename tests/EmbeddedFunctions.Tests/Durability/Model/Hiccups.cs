namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>Lost answers of storage.</summary>
internal sealed class Hiccups(IReadOnlyDictionary<int, bool> writes)
{
    private int _count;

    /// <returns>Whether the next write is done although its answer is lost; null when it is answered.</returns>
    public bool? Next() => writes.TryGetValue(Interlocked.Increment(ref _count), out var isDone) ? isDone : null;
}
