using Microsoft.DurableTask;
using VoiceFunctions.Functions;
using VoiceFunctions.Jobs.Orchestration;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>Tells a job's receiver that it has ended, again and again with growing pauses, until it has taken it or the time is up.</summary>
internal static class Notification
{
    /// <summary>The id of the orchestration that does it, which goes with those of the job.</summary>
    public static string InstanceId(string job) => $"{job}-notify";

    public static async Task RunAsync(TaskOrchestrationContext context)
    {
        var (job, rules) = context.GetInput<NotifyInput>()!;
        var giveUpAt = context.CurrentUtcDateTime + rules.GiveUpAfter;
        var pause = rules.FirstRetry;
        for (var number = 1; ; number++)
        {
            var isLast = context.CurrentUtcDateTime + pause >= giveUpAt;
            var end = await context.CallActivityAsync<DeliveryEnd>(nameof(DeliverCallback), new DeliveryCall(job, number, isLast), JobOrchestration.UntilItIsBack);
            if (end.IsOver)
            {
                return;
            }

            var wait = end.RetryAfter is { } asked && asked > pause ? asked : pause;
            await context.CreateTimer(wait < rules.LongestRetry ? wait : rules.LongestRetry, CancellationToken.None);
            pause = pause * 2 < rules.LongestRetry ? pause * 2 : rules.LongestRetry;
        }
    }
}
