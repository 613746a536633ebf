using System.Globalization;

namespace EmbeddedFunctions.Tests.Durability.Processes;

/// <summary>What the activities of all processes have done.</summary>
internal sealed class EffectsLog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("durable-effects-");

    public string Folder => _folder.FullName;

    public IReadOnlyList<Effect> Read() => [.. _folder.EnumerateFiles("*.log").SelectMany(Read)];

    /// <summary>How much a process has done.</summary>
    public int CountOf(DurableProcess process) => Read().Count(effect => effect.Process == process.Process.Id);

    /// <summary>Waits until the log is as it should be.</summary>
    public async Task<IReadOnlyList<Effect>> UntilAsync(Func<IReadOnlyList<Effect>, bool> condition, Func<string> describe)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var effects = Read();
            if (condition(effects))
            {
                return effects;
            }

            if (patience.IsCancellationRequested)
            {
                Assert.Fail($"Nothing more happened after {effects.Count} effects:\n{describe()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }
    }

    public Task<IReadOnlyList<Effect>> UntilAsync(int count, DurableProcess process) =>
        UntilAsync(effects => effects.Count >= count, () => string.Join('\n', process.Process.Log));

    /// <summary>Checks that each step was decided once, and that it ran as often as it may: once, and once more for each crash that it was in.</summary>
    /// <returns>How many runs were repetitions.</returns>
    public int CheckSteps(int steps, int crashes)
    {
        var effects = Read();
        var bySteps = effects.GroupBy(effect => (effect.Instance, effect.Step)).ToList();
        Assert.Equal(steps, bySteps.Count);
        Assert.All(bySteps, runs => Assert.Single(runs.Select(run => run.Stamp).Distinct()));
        Assert.All(bySteps, runs => Assert.InRange(runs.Count(), 1, (crashes + 1) * (runs.Key.Step.EndsWith("flaky", StringComparison.Ordinal) ? 2 : 1)));
        return effects.Count - steps;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<Effect> Read(FileInfo log)
    {
        using var reader = new StreamReader(log.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();

        // What stands behind the last line end is still being written.
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse);
    }

    private static Effect Parse(string line)
    {
        var parts = line.Split(' ');
        return new Effect(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2], parts[3]);
    }
}
