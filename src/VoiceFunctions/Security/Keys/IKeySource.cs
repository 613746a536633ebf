namespace VoiceFunctions.Security.Keys;

/// <summary>Where keys are looked up.</summary>
internal interface IKeySource
{
    /// <summary><see langword="null"/> when there is no such key.</summary>
    Task<AccessKey?> FindAsync(string id, CancellationToken cancellationToken);
}
