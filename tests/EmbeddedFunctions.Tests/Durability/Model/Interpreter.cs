using Microsoft.DurableTask;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>The one orchestrator of the model: it does what its input says.</summary>
internal sealed class Interpreter(TaskOrchestrationContext context)
{
    public const string Orchestrator = "Model";
    public const string Activity = "Work";
    public const string Letter = "letter";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly ModelRun _run = context.GetInput<ModelRun>()!;

    public async Task<object?> RunAsync()
    {
        var letters = new List<int>();
        for (var letter = 0; letter < _run.Letters; letter++)
        {
            letters.Add(await context.WaitForExternalEvent<int>(Letter));
        }

        context.SetCustomStatus(_run.Round);
        var result = $"{_run.Result}{string.Concat(letters.Select(letter => $"@{letter}"))}{await RunAsync(_run.Body, $"{_run.Path}#{_run.Round}")}";
        if (_run.Round + 1 < _run.Rounds)
        {
            context.ContinueAsNew(_run with { Round = _run.Round + 1, Result = result });
        }

        return result;
    }

    private Task<string> RunAsync(Node node, string path) => node switch
    {
        Node.Work work => CallAsync(path, work.Failures, work.Attempts, work.ByHandler),
        Node.Sleep sleep => SleepAsync(sleep.Milliseconds),
        Node.Sequence sequence => InTurnAsync(sequence.Parts, path),
        Node.All all => AllAsync(all.Parts, path),
        Node.Race race => RaceAsync(race, path),
        Node.Deadline deadline => BeforeAsync(deadline.Body, path),
        Node.Attempt attempt => TryAsync(attempt.Body, path),
        Node.Exchange exchange => ExchangeAsync(exchange.Events, path),
        Node.Child child => CallAsync(child, path),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private Task<string> CallAsync(string path, int failures, int attempts, bool byHandler, string? note = null)
    {
        var work = new ModelWork(path, $"{context.InstanceId} {context.NewGuid():N} {context.CurrentUtcDateTime.Ticks}", failures, note);
        var options = attempts == 1 ? null
            : byHandler ? TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < attempts)
            : TaskOptions.FromRetryPolicy(new RetryPolicy(attempts, Tick, backoffCoefficient: 1.5));
        return context.CallActivityAsync<string>(Activity, work, options);
    }

    private async Task<string> SleepAsync(int milliseconds)
    {
        await context.CreateTimer(Tick * milliseconds, CancellationToken.None);
        return "s";
    }

    private async Task<string> InTurnAsync(IReadOnlyList<Node> parts, string path)
    {
        var results = new List<string>();
        for (var index = 0; index < parts.Count; index++)
        {
            results.Add(await RunAsync(parts[index], $"{path}.{index}"));
        }

        return $"({string.Concat(results)})";
    }

    private async Task<string> AllAsync(IReadOnlyList<Node> parts, string path) =>
        $"[{string.Concat(await Task.WhenAll(parts.Select((part, index) => RunAsync(part, $"{path}.{index}")).ToList()))}]";

    private async Task<string> RaceAsync(Node.Race race, string path)
    {
        var (one, two) = (RunAsync(race.One, $"{path}.0"), RunAsync(race.Two, $"{path}.1"));
        var first = await Task.WhenAny(one, two) == one ? "one" : "two";
        var noted = await CallAsync($"{path}.first", failures: 0, attempts: 1, byHandler: false, first);
        var results = await Task.WhenAll(one, two);
        return first == noted ? $"<{results[0]}{results[1]}>" : "the winner has changed";
    }

    private async Task<string> BeforeAsync(Node body, string path)
    {
        using var cancellation = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
        var never = context.WaitForExternalEvent<string>($"never {path}", cancellation.Token);
        var result = RunAsync(body, path);
        if (await Task.WhenAny(result, timer, never) != result)
        {
            return "out of time";
        }

        cancellation.Cancel();
        return timer.IsCanceled && never.IsCanceled ? $"d{await result}" : "not cancelled";
    }

    private async Task<string> TryAsync(Node body, string path)
    {
        try
        {
            return await RunAsync(body, path);
        }
        catch (TaskFailedException exception) when (exception.FailureDetails.ErrorType.Length > 0)
        {
            return "!";
        }
    }

    private async Task<string> ExchangeAsync(int events, string path)
    {
        for (var index = 0; index < events; index++)
        {
            context.SendEvent(context.InstanceId, path, index);
        }

        var received = new List<int>();
        for (var index = 0; index < events; index++)
        {
            received.Add(await context.WaitForExternalEvent<int>(path.ToUpperInvariant()));
        }

        return string.Concat(received.Select(index => $"e{index}"));
    }

    private async Task<string> CallAsync(Node.Child child, string path)
    {
        var run = new ModelRun(child.Body, path, child.Rounds, 0, 0, string.Empty);
        var options = child.Named ? new SubOrchestrationOptions(instanceId: $"{context.InstanceId}/{path}") : null;
        return $"{{{await context.CallSubOrchestratorAsync<string>(Orchestrator, run, options)}}}";
    }
}
