namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>An orchestration, and what happens to it.</summary>
/// <param name="Run">What is run.</param>
/// <param name="Crashes">How the processes end that come before the last one.</param>
/// <param name="Hiccups">Writes, counted over all processes, whose answer is that storage does not answer; true where the write is done nevertheless.</param>
/// <param name="Suspensions">Writes, counted over all processes, after which the instance is suspended for a moment.</param>
/// <param name="Keeps">Whether executions stay in memory between their steps.</param>
/// <param name="Crowd">How many instances in memory are a crowd, so that executions do not stay there.</param>
/// <param name="Parallel">Activities and orchestrators at a time.</param>
internal sealed record Case(
    ModelRun Run, IReadOnlyList<Crash> Crashes, IReadOnlyDictionary<int, bool> Hiccups, IReadOnlyList<int> Suspensions, bool Keeps, int Crowd, int Parallel);
