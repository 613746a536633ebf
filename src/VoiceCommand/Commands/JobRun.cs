using System.Globalization;
using VoiceCommand.Api;
using VoiceCommand.Files;
using VoiceCommand.Following;

namespace VoiceCommand.Commands;

/// <summary>An order being carried out: watched to its end, and its results fetched.</summary>
internal sealed class JobRun(VoiceApi api, Terminal terminal, TimeProvider time)
{
    /// <summary>As many as can be read in a line; the results show all of them.</summary>
    private const int NamedStretches = 5;

    /// <param name="order">Orders the job and answers its id.</param>
    /// <param name="outputs">Which results go where; one without a name is found by the ending of its output.</param>
    /// <param name="connection">What to add to a command that comes back to the same app.</param>
    /// <param name="cancellationToken">Ctrl-C: leaves the job as it is.</param>
    public async Task<int> RunAsync(
        Func<ProgressDisplay, Task<string>> order, IReadOnlyList<(string? Result, OutputFile Output)> outputs, string connection, CancellationToken cancellationToken)
    {
        string? id = null;
        try
        {
            var job = await ProgressDisplay.RunAsync(terminal, time, async display =>
            {
                id = await order(display);
                var finished = await new JobFollower(api, time).FollowAsync(id, display, cancellationToken);
                if (finished.Status is "succeeded") await FetchAsync(finished, outputs, display, cancellationToken);
                return finished;
            });
            return Report(job, outputs);
        }
        catch (OperationCanceledException) when (id is not null)
        {
            Terminal.Note($"The job goes on. Come back to it with: ./voice jobs {ComeBack(id, outputs, connection)}");
            return ExitCode.Interrupted;
        }
        catch (CommandException exception) when (id is not null && exception.ExitCode == ExitCode.Unreachable)
        {
            throw new CommandException(exception.ExitCode, $"{exception.Message} The job may go on. Come back to it with: ./voice jobs {ComeBack(id, outputs, connection)}", exception);
        }
    }

    private async Task FetchAsync(JobDocument job, IReadOnlyList<(string? Result, OutputFile Output)> outputs, ProgressDisplay display, CancellationToken cancellationToken)
    {
        foreach (var (name, output) in outputs)
        {
            var result = Find(job, name, output)
                ?? throw new CommandException(ExitCode.Failed, $"The job has no result for {output.Path}. It has {string.Join(", ", job.Results.Select(result => result.Name))}.");
            await new ResultFetcher(api, time).FetchAsync(result, output, display, cancellationToken);
        }
    }

    private static int Report(JobDocument job, IReadOnlyList<(string? Result, OutputFile Output)> outputs)
    {
        switch (job.Status)
        {
            case "succeeded":
                foreach (var (name, output) in outputs.Where(output => !output.Output.IsStandard))
                {
                    Terminal.Note($"Wrote {output.Path}, {Size(Find(job, name, output)!.Bytes)}.");
                }

                if (job.Inaudible is { Count: > 0 } inaudible) Terminal.Note($"It could not be made out what is said at {Stretches(inaudible)}.");
                if (job.CostUsd is > 0 and var cost) Terminal.Note($"It cost ${cost:0.######}.");
                return ExitCode.Done;
            case "cancelled":
                Terminal.Note("The job was cancelled.");
                return ExitCode.Cancelled;
            default:
                Terminal.Note($"The job failed: {job.Error?.Detail ?? "it does not say why."}");
                return ExitCode.Failed;
        }
    }

    private static ResultDocument? Find(JobDocument job, string? name, OutputFile output) =>
        name is not null ? job.Results.FirstOrDefault(result => result.Name == name)
        : output.IsStandard ? (job.Results.Count > 0 ? job.Results[0] : null)
        : job.Results.FirstOrDefault(result => Path.GetExtension(result.Name) == $".{output.Extension switch { "ogg" => "opus", "raw" => "pcm", var extension => extension }}");

    private static string ComeBack(string id, IReadOnlyList<(string? Result, OutputFile Output)> outputs, string connection) =>
        id + string.Concat(outputs.Select(output => $" -o {Quote(output.Output.Path)}")) + connection;

    /// <summary>For a shell.</summary>
    private static string Quote(string path) =>
        path.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '/') ? path : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Stretches(IReadOnlyList<InaudibleDocument> inaudible)
    {
        var named = string.Join(", ", inaudible.Take(NamedStretches).Select(stretch => $"{Time(stretch.Start)}-{Time(stretch.End)}"));
        return inaudible.Count > NamedStretches ? $"{named} and {inaudible.Count - NamedStretches} more times" : named;
    }

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds).ToString(seconds >= 3600 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes >= 1_000_000 ? $"{bytes / 1e6:0.0} MB" : bytes >= 1000 ? $"{bytes / 1e3:0.0} KB" : $"{bytes} bytes";
}
