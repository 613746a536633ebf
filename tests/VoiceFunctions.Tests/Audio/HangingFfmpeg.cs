using CliWrap;
using Microsoft.Extensions.Time.Testing;

namespace VoiceFunctions.Tests.Audio;

/// <summary>
/// An ffmpeg that never ends and has a child of its own. Both hold the writing end of a named pipe, so a reader of that pipe sees its end at the moment
/// when the last of them is dead: nothing needs to be polled or timed.
/// </summary>
internal sealed class HangingFfmpeg : IAsyncDisposable
{
    private readonly AudioLab _scripts = new([]);
    private StreamReader? _pipe;

    private HangingFfmpeg()
    {
    }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>The stage that was told to use it. Its clock is <see cref="Time"/>.</summary>
    public AudioLab Lab { get; private set; } = null!;

    private string PipePath => Path.Combine(_scripts.Folder, "pipe");

    /// <param name="answersProbe">Whether the questions at the start go to the real one. Else the lab is not started yet.</param>
    /// <param name="settings">Of the stage.</param>
    public static async Task<HangingFfmpeg> CreateAsync(bool answersProbe = true, params (string Key, string Value)[] settings)
    {
        var hanging = new HangingFfmpeg();
        await Cli.Wrap("mkfifo").WithArguments([hanging.PipePath]).ExecuteAsync();
        var probe = answersProbe ? "case \"$*\" in *coders*) exec ffmpeg \"$@\";; esac\n" : "";
        var script = await hanging._scripts.ScriptAsync($"{probe}exec 3> {hanging.PipePath}\necho up >&3\nsleep 600 &\nwait");
        hanging.Lab = new AudioLab(settings.Append(("FfmpegPath", script)).ToDictionary(setting => $"Audio:{setting.Item1}", setting => (string?)setting.Item2), hanging.Time);
        if (answersProbe) await hanging.Lab.InitializeAsync();
        return hanging;
    }

    /// <summary>Ends when the child is there.</summary>
    public async Task AppearsAsync(CancellationToken cancellationToken)
    {
        _pipe = await Task.Run(() => new StreamReader(PipePath), cancellationToken);
        Assert.Equal("up", await _pipe.ReadLineAsync(cancellationToken));
    }

    /// <summary>Ends when the child and all it started are dead.</summary>
    public async Task DiesAsync(CancellationToken cancellationToken) =>
        await _pipe!.ReadToEndAsync(cancellationToken).WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _pipe?.Dispose();
        await Lab.DisposeAsync();
        await _scripts.DisposeAsync();
    }
}
