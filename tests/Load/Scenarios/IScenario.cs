using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load.Scenarios;

/// <summary>One question to the app, and the load that answers it.</summary>
internal interface IScenario
{
    string Name { get; }

    string Question { get; }

    /// <param name="options">How long and how much.</param>
    /// <param name="report">Takes what is measured.</param>
    /// <param name="progress">Told what goes on.</param>
    /// <param name="cancellationToken">Ends it; what was started is stopped.</param>
    Task RunAsync(RunOptions options, ScenarioReport report, IProgress<string> progress, CancellationToken cancellationToken);
}
