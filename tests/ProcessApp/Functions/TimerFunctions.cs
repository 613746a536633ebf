using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ProcessApp.Functions;

/// <summary>Tells who has the timer.</summary>
public sealed partial class TimerFunctions(ILogger<TimerFunctions> logger)
{
    [Function("Ticks")]
    public void Ticks([TimerTrigger("* * * * * *")] TimerInfo timer) => Ticked(logger, timer.IsPastDue);

    [LoggerMessage(1, LogLevel.Information, "Ticked, past due: {IsPastDue}")]
    private static partial void Ticked(ILogger logger, bool isPastDue);
}
