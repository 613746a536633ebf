using Spectre.Console;

namespace VoiceCommand.Following;

/// <summary>How far something has come: a bar that moves on a terminal, and now and then a line elsewhere.</summary>
internal sealed class ProgressDisplay
{
    /// <summary>Between two lines of a log about one stage.</summary>
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(10);

    private readonly ProgressTask? _bar;
    private readonly TimeProvider _time;
    private readonly Pace _pace;
    private string _unit = "";
    private string _loggedStage = "";
    private long _loggedAt;

    private ProgressDisplay(ProgressTask? bar, TimeProvider time) => (_bar, _time, _pace) = (bar, time, new Pace(time));

    public static async Task<T> RunAsync<T>(Terminal terminal, TimeProvider time, Func<ProgressDisplay, Task<T>> work)
    {
        if (!terminal.IsLive) return await work(new ProgressDisplay(null, time));
        ProgressDisplay? display = null;
        return await terminal.Watch.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new PaceColumn(() => display?.Describe() ?? ""))
            .StartAsync(context => work(display = new ProgressDisplay(context.AddTask("Waiting", maxValue: 1), time)));
    }

    /// <param name="stage">What is being done.</param>
    /// <param name="done">Of the total.</param>
    /// <param name="total">0 while it is unknown.</param>
    /// <param name="unit">Of both.</param>
    public void Report(string stage, double done, double total, string unit)
    {
        _unit = unit;
        _pace.Observe(stage, done, total);
        if (_bar is null)
        {
            Log(stage, done, total, unit);
            return;
        }

        _bar.Description = Markup.Escape(Terminal.Printable(unit is "bytes" || total <= 0 ? stage : $"{stage} {done:0}/{total:0}"));
        _bar.IsIndeterminate = total <= 0;
        _bar.MaxValue = Math.Max(1, total);
        // A bar that is full would be taken off.
        _bar.Value = Math.Min(done, _bar.MaxValue * 0.9999);
    }

    private string Describe() => _pace.Describe(_unit);

    private void Log(string stage, double done, double total, string unit)
    {
        if (stage == _loggedStage && _time.GetElapsedTime(_loggedAt) < LogPause) return;
        (_loggedStage, _loggedAt) = (stage, _time.GetTimestamp());
        var pace = _pace.Describe(unit);
        Terminal.Note(total <= 0 ? stage : $"{stage} {100 * done / total:0} %{(pace.Length > 0 ? $", {pace}" : "")}");
    }
}
