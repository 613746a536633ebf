using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using VoiceFunctions.Jobs.Callbacks;

namespace VoiceFunctions.Functions;

/// <summary>Tells a job's receiver that it has ended.</summary>
public sealed class NotifyJob
{
    [Function(nameof(NotifyJob))]
    public Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => Notification.RunAsync(context);
}
