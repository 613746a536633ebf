using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Retention;

namespace VoiceFunctions.Functions;

/// <summary>Every hour: deletes uploads that no job can use any more.</summary>
public sealed class SweepInbox(InboxSweep sweep)
{
    [Function(nameof(SweepInbox))]
    public Task RunAsync([TimerTrigger("0 30 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
