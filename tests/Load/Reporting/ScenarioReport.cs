namespace VoiceFunctions.Load.Reporting;

/// <summary>What one scenario measured.</summary>
internal sealed class ScenarioReport(string name, string question)
{
    public string Name { get; } = name;

    /// <summary>What the scenario is to find out.</summary>
    public string Question { get; } = question;

    /// <summary>One line for each level of load.</summary>
    public List<LevelReport> Levels { get; init; } = [];

    /// <summary>Everything else, in the order to be told in.</summary>
    public List<Figure> Figures { get; init; } = [];

    /// <summary>What the app and the providers tell differently. One of these fails the run, whatever the claims say.</summary>
    public List<string> Contradictions { get; init; } = [];

    /// <summary>Curves over time.</summary>
    public List<Curve> Curves { get; init; } = [];

    public void Add(string name, double value, string unit, string meaning) => Figures.Add(new Figure(name, value, unit, meaning));

    /// <summary>Holds two numbers that must be one against each other.</summary>
    public void Agree(string what, long one, long other)
    {
        if (one != other)
        {
            Contradictions.Add($"{what}: {one} and {other}");
        }
    }

    /// <summary>Every number under the name that claims know it by.</summary>
    public IEnumerable<(string Metric, double Value)> Metrics() =>
        Levels.SelectMany(level => level.Metrics().Select(metric => ($"{Name}.{level.Users}.{metric.Name}", metric.Value)))
            .Concat(Figures.Select(figure => ($"{Name}.{figure.Name}", figure.Value)));
}
