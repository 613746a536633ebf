namespace VoiceFunctions.Providers.Offline;

/// <summary>What of the offline engines is on this machine.</summary>
internal sealed record OfflineInventory
{
    public FliteFiles? Flite { get; init; }

    public RecogniserFiles? Recogniser { get; init; }

    /// <summary>The voices of espeak-ng; empty when it is not installed.</summary>
    public IReadOnlyList<EspeakVoice> EspeakVoices { get; init; } = [];

    /// <summary>What is not there, one sentence each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
