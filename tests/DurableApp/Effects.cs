using System.Text;

namespace DurableApp;

/// <summary>
/// What activities have done, in a folder that outlives the process: one line for each run of one, written by a single append, so that it is there as a
/// whole or not at all however the process ends.
/// </summary>
public sealed class Effects(string folder)
{
    private readonly string _log = Path.Combine(folder, "effects.log");

    public void Note(Step step)
    {
        var line = Encoding.UTF8.GetBytes($"{Environment.ProcessId} {step.Instance} {step.Name} {step.Stamp:N}\n");
        using var file = new FileStream(_log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(line);
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
}
