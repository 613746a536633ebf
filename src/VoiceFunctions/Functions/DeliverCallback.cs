using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Jobs.Callbacks;

namespace VoiceFunctions.Functions;

public sealed class DeliverCallback(CallbackDelivery delivery)
{
    [Function(nameof(DeliverCallback))]
    public Task<DeliveryEnd> RunAsync([ActivityTrigger] DeliveryCall call, CancellationToken cancellationToken) => delivery.DeliverAsync(call, cancellationToken);
}
