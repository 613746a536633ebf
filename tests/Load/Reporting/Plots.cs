using ScottPlot;

namespace VoiceFunctions.Load.Reporting;

/// <summary>The pictures of a run, as SVG.</summary>
internal static class Plots
{
    private const int Width = 900;
    private const int Height = 450;

    /// <summary>Draws what there is to draw, and gives the names of the files.</summary>
    public static IReadOnlyList<string> Draw(RunReport run, DirectoryInfo folder)
    {
        var files = new List<string>();
        foreach (var scenario in run.Scenarios)
        {
            if (scenario.Levels.Count > 1)
            {
                Save(Latency(scenario), $"{scenario.Name}-latency.svg");
                Save(Memory(scenario), $"{scenario.Name}-memory.svg");
            }

            foreach (var curve in scenario.Curves)
            {
                Save(OverTime(curve), $"{scenario.Name}-{curve.Title.ToLowerInvariant().Replace(' ', '-')}.svg");
            }
        }

        return files;

        void Save(Plot plot, string name)
        {
            plot.SaveSvg(Path.Combine(folder.FullName, name), Width, Height);
            files.Add(name);
        }
    }

    private static Plot Latency(ScenarioReport scenario)
    {
        var plot = OverUsers(scenario, "Latency over users", "s");
        Line(plot, scenario, level => level.Latencies.P99, "99 %");
        Line(plot, scenario, level => level.Latencies.P50, "median");
        Line(plot, scenario, level => level.Latencies.Mean, "mean");
        Line(plot, scenario, level => level.ProviderMean, "the provider's own mean");
        plot.Axes.SetLimitsY(0, scenario.Levels.Max(level => level.Latencies.P99) * 1.1);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;
    }

    private static Plot Memory(ScenarioReport scenario)
    {
        var plot = OverUsers(scenario, "Resident memory over users", "MiB");
        Line(plot, scenario, level => level.PeakMemory, "peak");
        plot.Axes.SetLimitsY(0, scenario.Levels.Max(level => level.PeakMemory) * 1.1);
        return plot;
    }

    private static Plot OverUsers(ScenarioReport scenario, string title, string unit)
    {
        var plot = new Plot();
        plot.Title(title);
        plot.XLabel("users at once");
        plot.YLabel(unit);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, scenario.Levels.Count).Select(index => (double)index)], [.. scenario.Levels.Select(level => $"{level.Users}")]);
        return plot;
    }

    private static void Line(Plot plot, ScenarioReport scenario, Func<LevelReport, double> value, string name)
    {
        var line = plot.Add.Scatter(Enumerable.Range(0, scenario.Levels.Count).Select(index => (double)index).ToArray(), scenario.Levels.Select(value).ToArray());
        line.LegendText = name;
    }

    private static Plot OverTime(Curve curve)
    {
        var plot = new Plot();
        plot.Title(curve.Title);
        plot.XLabel("s");
        plot.YLabel(curve.Unit);
        var line = plot.Add.Scatter(curve.Seconds.ToArray(), curve.Values.ToArray());
        line.MarkerSize = 0;
        plot.Axes.SetLimitsY(0, curve.Values.Max() * 1.1);
        return plot;
    }
}
