using System.Text;

namespace DurableApp;

/// <summary>
/// What activities have done, in a folder that outlives the process: one line for each run of one, in a file of the process's own. A line is in the hands of
/// the operating system before the activity goes on, however the process ends.
/// </summary>
public sealed class Effects(string folder) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _log = new(Path.Combine(folder, $"{Guid.NewGuid():N}.log"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public void Note(Step step)
    {
        var line = Encoding.UTF8.GetBytes($"{Environment.ProcessId} {step.Instance} {step.Name} {step.Stamp:N}\n");
        lock (_lock)
        {
            _log.Write(line);
        }
    }

    /// <summary>True the first time it is asked for a step, in whatever process.</summary>
    public bool IsFirst(Step step)
    {
        try
        {
            using var marker = new FileStream(Path.Combine(folder, $"{step.Instance} {step.Name}"), FileMode.CreateNew);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _log.Dispose();
}
