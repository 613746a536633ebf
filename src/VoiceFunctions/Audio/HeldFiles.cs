namespace VoiceFunctions.Audio;

/// <summary>The files of one recording, which end with the last that holds them.</summary>
internal sealed class HeldFiles(TempFile original, TempFile? wav)
{
    private int _holders = 1;

    public TempFile Original => original;

    /// <summary>The recording as WAV, unless the original is one.</summary>
    public TempFile? Wav => wav;

    public void Hold()
    {
        int holders;
        do
        {
            holders = Volatile.Read(ref _holders);
            ObjectDisposedException.ThrowIf(holders == 0, this);
        }
        while (Interlocked.CompareExchange(ref _holders, holders + 1, holders) != holders);
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            original.Dispose();
            wav?.Dispose();
        }
    }
}
