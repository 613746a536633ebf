using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Testing;

/// <summary>A program under test: its output is kept, and it is gone when the test is.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _process;
    private readonly Regex _readyLine;
    private readonly TaskCompletionSource<Match> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(ProcessStartInfo start, Regex readyLine)
    {
        _readyLine = readyLine;
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"{start.FileName} ended before it was ready:\n{string.Join('\n', _log)}"));
    }

    public IReadOnlyCollection<string> Log => _log;

    public int Id => _process.Id;

    /// <summary>Bytes of memory that are in use now.</summary>
    public long ResidentMemory => Status("VmRSS");

    /// <summary>Those of them that are pages of files, which it shares with whoever maps them too.</summary>
    public long ResidentFiles => Status("RssFile");

    /// <summary>The most bytes of memory that were ever in use.</summary>
    public long PeakMemory => Status("VmHWM");

    /// <summary>Processor time that was used so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program and waits for the line of its output that says it is ready.</summary>
    public static async Task<(ChildProcess Process, Match Ready)> StartAsync(ProcessStartInfo start, Regex readyLine)
    {
        var child = new ChildProcess(start, readyLine);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        try
        {
            return (child, await child._ready.Task.WaitAsync(Patience));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the program to end, as a service manager does, and tells how it did.</summary>
    public async Task<int> TerminateAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, SigTerm);
        }

        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends the program without asking it, as a crash does.</summary>
    public async Task KillAsync()
    {
        _ = Kill(_process.Id, SigKill);
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
    }

    /// <summary>Stops the program where it is, until it is told to go on.</summary>
    public void Freeze() => _ = Kill(_process.Id, SigStop);

    public void GoOn() => _ = Kill(_process.Id, SigCont);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await TerminateAsync();
        }
        catch (OperationCanceledException exception)
        {
            _process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"Process {_process.Id} did not end when asked to:\n{string.Join('\n', _log)}", exception);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        if (_readyLine.Match(line) is { Success: true } match)
        {
            _ready.TrySetResult(match);
        }
    }

    private long Status(string field)
    {
        // Linux, proc(5): "VmRSS:     93552 kB".
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(':')[1].Replace("kB", string.Empty, StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
