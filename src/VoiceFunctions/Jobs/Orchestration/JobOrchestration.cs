using System.Globalization;
using Azure;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Audio;
using VoiceFunctions.Functions;
using VoiceFunctions.Jobs.Callbacks;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>A job from its plan to its end. It only decides: what is done is done by activities, and what is large lies in blobs.</summary>
internal sealed partial class JobOrchestration(TaskOrchestrationContext context, JobInput input, JobSteps steps)
{
    /// <summary>For the activities around the chunks: they fail when storage or the machine does, and are made again when it is back.</summary>
    public static readonly TaskOptions UntilItIsBack = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 30, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1))
        {
            HandleFailure = failure => failure.IsCausedBy<RequestFailedException>() || failure.IsCausedBy<AggregateException>() || failure.IsCausedBy<OperationCanceledException>()
                || failure.IsCausedBy<FfmpegException>(),
        });

    private readonly ILogger _logger = context.CreateReplaySafeLogger<JobOrchestration>();
    private readonly Task _cancelled = context.WaitForExternalEvent<string?>(ChunksOrchestration.Cancel);
    private readonly List<TargetFailure> _failures = [];

    public static Task RunAsync(TaskOrchestrationContext context, JobSteps steps) => new JobOrchestration(context, context.GetInput<JobInput>()!, steps).RunAsync();

    private async Task RunAsync()
    {
        JobStop? stop;
        try
        {
            stop = await MakeAsync();
        }
        catch (TaskFailedException exception)
        {
            LogFailed(_logger, input.Job.Id, exception.TaskName, exception.FailureDetails.ErrorType);
            stop = JobStop.Failed(ProblemKind.InternalError, "Something is wrong on our side.");
        }

        if (stop is not null)
        {
            await context.CallActivityAsync(nameof(EndJob), new EndCall(input.Job, input.ResultsPath, stop), UntilItIsBack);
        }

        if (input.Callback is { } rules)
        {
            // The job is over by now; telling of it may take a day.
            var notification = new SubOrchestrationOptions { InstanceId = Notification.InstanceId(input.Job.Id) };
            await context.CallSubOrchestratorAsync(nameof(NotifyJob), new NotifyInput(input.Job, rules), notification);
        }
    }

    /// <returns>Why there are no results; <see langword="null"/> when they are published.</returns>
    private async Task<JobStop?> MakeAsync()
    {
        var plan = await context.CallActivityAsync<JobPlan>(steps.Plan, input.Job, UntilItIsBack);
        if (plan.Stop is not null)
        {
            return plan.Stop;
        }

        var (targets, tally, stop) = input.IsOneVoice ? await MakeAtOneTargetAsync(plan.Targets) : await MakeAtAnyTargetAsync(plan.Targets);
        if (stop is not null)
        {
            return stop;
        }

        var stitched = await context.CallActivityAsync<StitchEnd>(steps.Stitch, new StitchCall(input.Job, targets, tally.Unheard), UntilItIsBack);
        var results = new PublishCall(input.Job, stitched.Results) { Inaudible = stitched.Inaudible };
        return stitched.Stop ?? await context.CallActivityAsync<JobStop?>(nameof(PublishJob), results, UntilItIsBack);
    }

    /// <summary>Has every chunk made at the same target, and where that fails all of them at the next one.</summary>
    private async Task<(IReadOnlyList<JobTarget> Targets, JobTally Tally, JobStop? Stop)> MakeAtOneTargetAsync(IReadOnlyList<JobTarget> plan)
    {
        var tally = JobTally.Nothing;
        JobChunk? failed = null;
        foreach (var target in plan)
        {
            if (_failures.Any(failure => !FailurePolicy.MovesOn(failure.Kind, target.CanDoMoreThan.Contains(failure.Target))))
            {
                continue;
            }

            var tries = target == plan[^1] ? input.Rules.LastTries : input.Rules.Tries;
            var end = await MakeAsync([target], tries, tally with { Done = 0 });
            if (end.Failure is null)
            {
                return ([target], end.Tally, end.Stop);
            }

            LogMovesOn(_logger, input.Job.Id, target.Provider, target.Model);
            (tally, failed) = (end.Tally, end.Failure.Chunk);
            _failures.AddRange(end.Failure.Failures);
        }

        return ([], tally, Failure(failed!));
    }

    /// <summary>Has each chunk made wherever it can be.</summary>
    private async Task<(IReadOnlyList<JobTarget> Targets, JobTally Tally, JobStop? Stop)> MakeAtAnyTargetAsync(IReadOnlyList<JobTarget> plan)
    {
        var end = await MakeAsync(plan, input.Rules.LastTries, JobTally.Nothing);
        if (end.Failure is null)
        {
            return (plan, end.Tally, end.Stop);
        }

        _failures.AddRange(end.Failure.Failures);
        return ([], end.Tally, Failure(end.Failure.Chunk));
    }

    private async Task<ChunksEnd> MakeAsync(IReadOnlyList<JobTarget> targets, int tries, JobTally tally)
    {
        var chunks = new ChunksInput
        {
            Job = input.Job,
            Activity = steps.Chunk,
            Targets = targets,
            Tries = tries,
            Rules = input.Rules,
            Deadline = input.Deadline,
            First = 0,
            Count = targets[0].Chunks,
            Tally = tally,
        };
        return chunks.Count == 0 ? new ChunksEnd(tally) : await ChunksOrchestration.CallAsync(context, $"{targets[0].Number}", chunks, _cancelled);
    }

    /// <summary>What the caller is told of a chunk that could be made nowhere: which one, and why.</summary>
    private JobStop Failure(JobChunk chunk)
    {
        var kind = ProblemTranslation.KindOf(_failures.Select(failure => failure.Kind));
        var why = string.Join(" ", _failures.Select(failure => $"{failure.Provider}: {failure.Detail ?? failure.Kind.Name()}").Distinct());
        return JobStop.Failed(kind, $"{Place(chunk)} could not be made. {why}");
    }

    private string Place(JobChunk chunk) => steps.Unit == ChunkUnit.Characters
        ? string.Create(CultureInfo.InvariantCulture, $"Characters {chunk.Start} to {chunk.Start + chunk.Length} of the text")
        : string.Create(CultureInfo.InvariantCulture, $"Seconds {chunk.Start / 16_000.0:0.0} to {(chunk.Start + chunk.Length) / 16_000.0:0.0} of the recording");

    [LoggerMessage(LogLevel.Error, "Job {Job} fails: {Activity} ended with {Error}.")]
    private static partial void LogFailed(ILogger logger, string job, string activity, string error);

    [LoggerMessage(LogLevel.Warning, "Job {Job}: {Provider} {Model} does not make all of it. It is made anew at the next target, if there is one.")]
    private static partial void LogMovesOn(ILogger logger, string job, string provider, string model);
}
