using Azure;
using VoiceFunctions.Security.Keys;

namespace VoiceFunctions.Tests.Security.Keys;

/// <summary>Keys in memory, and what storage was asked for.</summary>
internal sealed class StubKeySource : IKeySource
{
    private int _lookups;

    public Dictionary<string, AccessKey> Keys { get; } = [];

    public int Lookups => _lookups;

    /// <summary>Whether storage can be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>What look-ups wait for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<AccessKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _lookups);
        await Gate.WaitAsync(cancellationToken);
        return IsAway ? throw new RequestFailedException("Storage is away.") : Keys.GetValueOrDefault(id);
    }
}
