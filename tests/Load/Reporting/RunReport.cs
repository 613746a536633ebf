using VoiceFunctions.Load.Claims;

namespace VoiceFunctions.Load.Reporting;

/// <summary>All that a run has found out.</summary>
internal sealed record RunReport(Machine Machine, bool Short, IReadOnlyList<ScenarioReport> Scenarios, IReadOnlyList<Verdict> Claims)
{
    /// <summary>What the app and the providers tell differently.</summary>
    public IReadOnlyList<string> Contradictions => [.. Scenarios.SelectMany(scenario => scenario.Contradictions.Select(what => $"{scenario.Name}: {what}"))];

    public bool Fails => Contradictions.Count > 0 || Claims.Any(verdict => verdict.Fails);
}
