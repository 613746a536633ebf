using VoiceFunctions.Testing;

namespace VoiceFunctions.Load.Driving;

/// <summary>Looks at the app from outside while it is under load: memory, processor time, handles.</summary>
internal sealed class ProcessSampler : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ChildProcess _process;
    private readonly TimeSpan _interval;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ProcessSample> _samples = [];
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly Task _sampling;

    public ProcessSampler(ChildProcess process, TimeSpan? interval = null)
    {
        (_process, _interval) = (process, interval ?? Interval);
        _sampling = SampleAsync();
    }

    /// <summary>Ends the sampling and gives what it saw.</summary>
    public async Task<IReadOnlyList<ProcessSample>> StopAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        Add();
        return _samples;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        _stop.Dispose();
    }

    private async Task SampleAsync()
    {
        using var timer = new PeriodicTimer(_interval);
        try
        {
            do
            {
                Add();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private void Add() => _samples.Add(new ProcessSample(
        TimeProvider.System.GetElapsedTime(_start), _process.ResidentMemory, _process.CpuTime, Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length));
}
