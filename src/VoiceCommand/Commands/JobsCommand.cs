using System.CommandLine;
using System.Globalization;
using VoiceCommand.Api;
using VoiceCommand.Files;

namespace VoiceCommand.Commands;

/// <summary><c>voice jobs</c> lists, <c>voice jobs ID</c> watches one to its end and fetches what it has made.</summary>
internal static class JobsCommand
{
    public static Command Create(Connection connection, Terminal terminal, TimeProvider time)
    {
        var id = new Argument<string?>("ID") { Description = "Watch this job to its end.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string[]>("--output", "-o") { Description = "Write the result with this ending here; - is standard output. Again for more.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Overwrite what is there." };
        var cancel = new Option<bool>("--cancel") { Description = "Cancel the job." };
        var kind = new Option<string?>("--kind") { Description = "List jobs of one kind.", HelpName = "tts|stt" };
        kind.AcceptOnlyFromAmong("tts", "stt");
        var status = new Option<string?>("--status") { Description = "List jobs of one status.", HelpName = "STATUS" };
        status.AcceptOnlyFromAmong("pending", "running", "succeeded", "failed", "cancelled");
        var top = new Option<int>("--top") { Description = "How many of the newest to list: 1 to 100.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("jobs", "List jobs, or watch one and fetch its results.") { id, output, force, cancel, kind, status, top };
        command.SetAction((parsed, cancellationToken) => Exit.RunAsync(async () =>
        {
            using var api = connection.Open(parsed, time);
            if (parsed.GetValue(id) is not { } job)
            {
                if (parsed.GetValue(cancel) || parsed.GetValue(output) is { Length: > 0 }) throw CommandException.Usage("Name the job: ./voice jobs ID.");
                await ListAsync(api, terminal, parsed.GetValue(kind), parsed.GetValue(status), parsed.GetValue(top), cancellationToken);
                return ExitCode.Done;
            }

            if (parsed.GetValue(cancel))
            {
                await api.CancelJobAsync(job, cancellationToken);
                Terminal.Note("The job is being cancelled.");
                return ExitCode.Done;
            }

            OutputFile[] files = [.. (parsed.GetValue(output) ?? []).Select(path => new OutputFile(path))];
            Array.ForEach(files, file => file.Demand(parsed.GetValue(force)));
            return await WatchAsync(api, terminal, time, job, files, connection.Repeat(parsed), cancellationToken);
        }));
        return command;
    }

    private static async Task ListAsync(VoiceApi api, Terminal terminal, string? kind, string? status, int top, CancellationToken cancellationToken)
    {
        var query = $"top={top}{(kind is null ? "" : $"&kind={kind}")}{(status is null ? "" : $"&status={status}")}";
        var list = await api.ListJobsAsync(query, cancellationToken);
        terminal.Write(
            ["id", "kind", "status", "created", "title"],
            list.Jobs.Select(job => new[]
            {
                job.Id, job.Kind, job.Status is "running" && job.Progress.Total > 0 ? $"{job.Stage} {job.Progress.Done}/{job.Progress.Total}" : job.Status,
                job.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture), job.Title ?? "",
            }));
        if (list.Jobs.Count == 0) Terminal.Note("There are no such jobs.");
    }

    private static async Task<int> WatchAsync(
        VoiceApi api, Terminal terminal, TimeProvider time, string id, OutputFile[] files, string connection, CancellationToken cancellationToken)
    {
        List<(string? Result, OutputFile Output)> outputs = [.. files.Select(file => ((string?)null, file))];
        var exitCode = await new JobRun(api, terminal, time).RunAsync(_ => Task.FromResult(id), outputs, connection, cancellationToken);
        if (exitCode == ExitCode.Done && files.Length == 0)
        {
            terminal.Write(["result", "type", "bytes"], (await api.GetJobAsync(id, cancellationToken)).Results.Select(result => new[] { result.Name, result.MediaType, $"{result.Bytes}" }));
        }

        return exitCode;
    }
}
