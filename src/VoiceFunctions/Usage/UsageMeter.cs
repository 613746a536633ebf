using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Providers;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Usage;

/// <summary>Makes one record of each call, however it ends. What goes wrong with the record is logged and no concern of the call's.</summary>
internal sealed partial class UsageMeter(
    UsageAggregator aggregator, MonthlySpending spending, UsageInstruments instruments, TimeProvider time, ILogger<UsageMeter> logger)
{
    public async Task<TResponse> MeasureAsync<TResponse>(MeteredCall call, Func<Task<TResponse>> work, Func<TResponse, SpeechOutcome> outcome)
    {
        using var activity = VoiceActivities.StartCall(call.Operation);
        var start = time.GetTimestamp();
        TResponse response;
        try
        {
            response = await work();
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            Note(() => call.Failed(exception, time.GetElapsedTime(start), time.GetUtcNow()), activity);
            throw;
        }

        Note(() => call.Answered(outcome(response), time.GetElapsedTime(start)), activity);
        return response;
    }

    private void Note(Func<UsageRecord> make, Activity? activity)
    {
        try
        {
            var record = make();
            aggregator.Add(record);
            spending.Add(record);
            instruments.Called(record);
            foreach (var (name, value) in activity is null ? default : UsageInstruments.Tags(record.Series))
            {
                activity?.SetTag(name, value);
            }
        }
        catch (Exception exception)
        {
            LogUnmetered(exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "A call has not been added to the usage.")]
    private partial void LogUnmetered(Exception exception);
}
