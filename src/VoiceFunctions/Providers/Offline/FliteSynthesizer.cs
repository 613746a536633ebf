using System.Buffers.Binary;
using System.Globalization;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Speaks English with flite (http://cmuflite.org), which runs inside this process as WebAssembly and sees neither disk nor network.</summary>
internal sealed class FliteSynthesizer(FliteLoader loader, TimeSpan idleUnloadAfter, TimeProvider timeProvider) : IDisposable
{
    public const string Language = "en";

    /// <summary>
    /// The voices, the default first; kal16 is the plainest and twenty times as fast. kal (8 kHz) and awb_time (times of day only) are left out.
    /// </summary>
    public static readonly IReadOnlyList<ProviderVoice> Voices =
    [
        new("slt") { Languages = ["en-US"], Gender = "female" },
        new("rms") { Languages = ["en-US"], Gender = "male" },
        new("awb") { Languages = ["en-GB"], Gender = "male" },
        new("kal16") { Languages = ["en-US"], Gender = "male" },
    ];

    private readonly IdleResource<FliteModule> _module = new(loader.Load, idleUnloadAfter, timeProvider);

    public bool IsLoaded => _module.IsLoaded;

    /// <param name="ascii">What <see cref="FliteText.TryWrite"/> made of the text.</param>
    /// <param name="voice">One of <see cref="Voices"/>.</param>
    /// <param name="speed">1 is the voice's own speed.</param>
    /// <param name="cancellationToken">Interrupts flite within <see cref="FliteModule.TickMilliseconds"/>.</param>
    public async Task<SpokenAudio> SpeakAsync(string ascii, string voice, double speed, CancellationToken cancellationToken)
    {
        using var lease = await _module.AcquireAsync(cancellationToken);
        var module = lease.Value;
        var tick = TimeSpan.FromMilliseconds(FliteModule.TickMilliseconds);
        await using var ticker = timeProvider.CreateTimer(_ => module.Tick(), null, tick, tick);
        var stretch = string.Create(CultureInfo.InvariantCulture, $"duration_stretch={1 / speed:0.####}");

        // A thread of its own: a second of computing would otherwise hold up the requests that share the pool.
        return await Task.Factory.StartNew(
            () =>
            {
                var audio = new SpokenAudio();
                foreach (var piece in FliteText.Split(ascii))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    string[] arguments = ["flite", "-voice", voice, "--setf", stretch, "-t", piece, "-o", $"{FliteSystem.Folder}/o.wav"];
                    Append(audio, module.Run(arguments, cancellationToken).Span);
                }

                return audio;
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    public void Dispose() => _module.Dispose();

    // flite writes the plain 44-byte header, 16-bit mono.
    private static void Append(SpokenAudio audio, ReadOnlySpan<byte> wav)
    {
        if (wav.Length <= Wav.HeaderBytes) return;
        audio.SampleRate = BinaryPrimitives.ReadInt32LittleEndian(wav[24..]);
        audio.Append(wav[Wav.HeaderBytes..]);
    }
}
