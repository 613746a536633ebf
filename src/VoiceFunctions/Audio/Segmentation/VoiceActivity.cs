using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>
/// Tells speech from silence, for whoever asks: by the voice activity model, which is loaded when it is first asked and dropped when it is not asked again, and where
/// that is not installed, by loudness.
/// </summary>
internal sealed class VoiceActivity(OfflineInventory inventory, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan IdleUnloadAfter = TimeSpan.FromMinutes(5);

    private readonly IdleResource<SileroVad>? _model = inventory.Recogniser is { } files
        ? new IdleResource<SileroVad>(() => new SileroVad(files.VoiceActivity), IdleUnloadAfter, time)
        : null;

    /// <summary>Whether the model is there. Loudness cannot tell a voice from another sound, so it is good for cutting and not for a verdict.</summary>
    public bool HasModel => _model is not null;

    /// <summary>A listener for one stream of audio.</summary>
    public async ValueTask<VoiceListener> ListenAsync(CancellationToken cancellationToken)
    {
        if (_model is null) return new VoiceListener(new LoudnessMeter().Listen);
        var lease = await _model.AcquireAsync(cancellationToken);
        var stream = lease.Value.OpenStream();
        return new VoiceListener(stream.Listen, stream, lease);
    }

    public void Dispose() => _model?.Dispose();
}
