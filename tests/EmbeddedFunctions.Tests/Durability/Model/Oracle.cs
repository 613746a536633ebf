namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>What a generated orchestration comes to when nothing ever crashes, worked out without any runtime.</summary>
internal sealed class Oracle
{
    private int _letters;

    /// <summary>Every call of an activity that must happen, and none else may, with the number of its runs.</summary>
    public Dictionary<string, int> Runs { get; } = [];

    public IEnumerable<string> Keys => Runs.Keys;

    /// <summary>The instances that there are in the end.</summary>
    public int Instances { get; private set; }

    /// <returns>Null when the instance fails.</returns>
    public string? Run(ModelRun run)
    {
        Instances++;
        var result = run.Result;
        for (var round = 0; round < run.Rounds; round++)
        {
            for (var letter = 0; letter < run.Letters; letter++)
            {
                result += $"@{_letters++}";
            }

            if (Evaluate(run.Body, $"{run.Path}#{round}") is not { } part)
            {
                return null;
            }

            result += part;
        }

        return result;
    }

    private string? Evaluate(Node node, string path)
    {
        switch (node)
        {
            case Node.Work work:
                Runs.Add(path, work.Failures < work.Attempts ? work.Failures + 1 : work.Attempts);
                return work.Failures < work.Attempts ? "w" : null;
            case Node.Sleep:
                return "s";
            case Node.Sequence sequence:
                return InTurn(sequence.Parts, path);
            case Node.All all:
                var results = all.Parts.Select((part, index) => Evaluate(part, $"{path}.{index}")).ToList();
                return results.Contains(null) ? null : $"[{string.Concat(results)}]";
            case Node.Race race:
                Runs.Add($"{path}.first", 1);
                var (one, two) = (Evaluate(race.One, $"{path}.0"), Evaluate(race.Two, $"{path}.1"));
                return one is null || two is null ? null : $"<{one}{two}>";
            case Node.Deadline deadline:
                return Evaluate(deadline.Body, path) is { } body ? $"d{body}" : null;
            case Node.Attempt attempt:
                return Evaluate(attempt.Body, path) ?? "!";
            case Node.Exchange exchange:
                return string.Concat(Enumerable.Range(0, exchange.Events).Select(index => $"e{index}"));
            case Node.Child child:
                return Run(new ModelRun(child.Body, path, child.Rounds, 0, 0, string.Empty)) is { } result ? $"{{{result}}}" : null;
            default:
                throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private string? InTurn(IReadOnlyList<Node> parts, string path)
    {
        var results = new List<string>();
        for (var index = 0; index < parts.Count; index++)
        {
            if (Evaluate(parts[index], $"{path}.{index}") is not { } result)
            {
                return null;
            }

            results.Add(result);
        }

        return $"({string.Concat(results)})";
    }
}
