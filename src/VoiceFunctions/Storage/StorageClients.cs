namespace VoiceFunctions.Storage;

/// <summary>Keys of the storage clients that are not the default ones, which give up after seconds because a caller waits.</summary>
internal static class StorageClients
{
    /// <summary>For large blobs and for work that nobody waits for: retries for about half a minute.</summary>
    public const string Patient = "patient";
}
