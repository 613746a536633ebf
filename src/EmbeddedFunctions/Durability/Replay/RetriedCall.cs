using Microsoft.DurableTask;

namespace EmbeddedFunctions.Durability.Replay;

/// <summary>A call of an activity or a child, and its repetitions. It runs as part of the orchestrator: each attempt and each wait is an action of it.</summary>
internal static class RetriedCall
{
    public static async Task<TResult> InvokeAsync<TResult>(
        TaskOrchestrationContext context, TaskName name, TaskRetryOptions? retry, DataConverter converter, Func<OpenTask> call)
    {
        var began = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            var task = call();
            var outcome = await task.Task;
            if (outcome.Failure is not { } failure)
            {
                return converter.Deserialize<TResult>(outcome.Result)!;
            }

            if (failure.IsFinal || retry is null || !await ShouldRepeatAsync(context, retry, failure.ToDetails(), attempt, began))
            {
                throw new TaskFailedException(name, task.Action.TaskId, failure.ToDetails());
            }
        }
    }

    /// <summary>The wait before the attempt after this one.</summary>
    public static TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }

    private static async Task<bool> ShouldRepeatAsync(
        TaskOrchestrationContext context, TaskRetryOptions retry, TaskFailureDetails failure, int attempt, DateTime began)
    {
        var spent = context.CurrentUtcDateTime - began;
        if (retry.Handler is { } handler)
        {
            return await handler(new RetryContext(context, attempt, failure, spent, CancellationToken.None));
        }

        var policy = retry.Policy!;
        if (attempt >= policy.MaxNumberOfAttempts
            || (policy.RetryTimeout != Timeout.InfiniteTimeSpan && spent >= policy.RetryTimeout)
            || !Handles(policy, failure))
        {
            return false;
        }

        await context.CreateTimer(Delay(policy, attempt), CancellationToken.None);
        return true;
    }

    // As in the official context: what the predicate throws must not hide what the task failed with.
    private static bool Handles(RetryPolicy policy, TaskFailureDetails failure)
    {
        try
        {
            return policy.ShouldRetry(failure);
        }
        catch (Exception)
        {
            return false;
        }
    }
}
