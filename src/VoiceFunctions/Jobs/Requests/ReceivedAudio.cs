namespace VoiceFunctions.Jobs.Requests;

/// <summary>Audio as it came with a request: where it was put, and what its bytes are. It is let go of unless it has been kept.</summary>
internal sealed class ReceivedAudio(JobIntake intake, BlobReference? blob, ReadOnlyMemory<byte> sha256) : IAsyncDisposable
{
    private bool _kept;

    /// <summary><see langword="null"/> when it was only looked at, because there is a job of the same <c>Idempotency-Key</c>.</summary>
    public BlobReference? Blob { get; } = blob;

    /// <summary>Empty for audio that lies in the inbox, whose name says what it is.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; } = sha256;

    /// <summary>Hands the blob over to a job.</summary>
    public BlobReference Keep()
    {
        _kept = true;
        return Blob!;
    }

    public async ValueTask DisposeAsync()
    {
        if (Blob is not null && !_kept)
        {
            await intake.DropSourceAsync(Blob);
        }
    }
}
