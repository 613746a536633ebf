namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>A blob that is being processed. One at a time for a blob: a version that comes in meanwhile is processed after it.</summary>
/// <param name="since">When the version that began it was written.</param>
internal sealed class BlobTurn(DateTimeOffset since)
{
    public DateTimeOffset Since { get; } = since;

    /// <summary>Another version was seen.</summary>
    public bool IsOutdated { get; set; }

    public Task Task { get; set; } = Task.CompletedTask;
}
