using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Gives an orchestration the chunks that it is to make, as many as it has room for.</summary>
public sealed class JobManifests
{
    private readonly ChunkStore _chunks;

    internal JobManifests(ChunkStore chunks) => _chunks = chunks;

    public async Task<IReadOnlyList<JobChunk>> ReadAsync(ChunkList list, CancellationToken cancellationToken)
    {
        var manifest = await _chunks.ReadManifestAsync(list.Job, list.Split, cancellationToken);
        return [.. manifest.Chunks.Skip(list.First).Take(list.Count)];
    }
}
