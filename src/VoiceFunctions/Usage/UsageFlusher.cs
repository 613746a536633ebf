using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Usage;

/// <summary>
/// Stores the totals that have changed, every interval and once more when the app has stopped serving. What cannot be stored stays in memory and is tried
/// again at the next interval; an outage is logged when it begins and when it is over.
/// </summary>
internal sealed partial class UsageFlusher(
    UsageAggregator aggregator,
    MonthlySpending spending,
    UsageTable table,
    UsageInstruments instruments,
    IOptions<UsageOptions> options,
    TimeProvider time,
    ILogger<UsageFlusher> logger)
    : BackgroundService, IHostedLifecycleService
{
    private const int Concurrency = 4;
    private static readonly TimeSpan LastRetryDelay = TimeSpan.FromMilliseconds(250);

    // Of two flushes at once the older could store its totals last.
    private readonly SemaphoreSlim _one = new(1);
    private bool _outage;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>By now every service has stopped, and with them the requests. The time that they took is not taken off the time that is left for this.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Value.StopTimeout, time);
        while (!await FlushAsync(patience.Token) && !patience.IsCancellationRequested)
        {
            await Task.Delay(LastRetryDelay, time, patience.Token).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        if (aggregator.Changes().Count + spending.Changes().Count is > 0 and var lost)
        {
            LogLost(lost);
        }
    }

    /// <summary>Stores what has changed. Never throws.</summary>
    /// <returns>Whether all of it was stored.</returns>
    public async Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _one.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        try
        {
            Exception? refusal = null;
            await Parallel.ForEachAsync(
                Changes(),
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
                async (change, token) => refusal = await StoreAsync(change, token) ?? refusal);
            Trim();
            Note(refusal);
            return refusal is null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            Trim();
            Note(exception);
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.FlushInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FlushAsync(stoppingToken);
        }
    }

    private IEnumerable<(UsageRow Row, Action Stored)> Changes() =>
    [
        .. aggregator.Changes().Select(change => (change.Row, (Action)(() => aggregator.Stored(change.Page, change.Row)))),
        .. spending.Changes().Select(change => (change.Row, (Action)(() => change.Key.Written(change.Row)))),
    ];

    private void Trim()
    {
        aggregator.Trim();
        spending.Trim();
    }

    /// <returns>Why storage does not take this row, which is no reason to keep the others back.</returns>
    private async ValueTask<Exception?> StoreAsync((UsageRow Row, Action Stored) change, CancellationToken cancellationToken)
    {
        try
        {
            await table.StoreAsync(change.Row, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge)
        {
            return exception;
        }

        change.Stored();
        instruments.RowStored();
        return null;
    }

    private void Note(Exception? failure)
    {
        if (failure is not null)
        {
            instruments.FlushFailed();
        }

        if (failure is not null && !_outage)
        {
            LogOutage(failure);
        }
        else if (failure is null && _outage)
        {
            LogRestored();
        }

        _outage = failure is not null;
    }

    [LoggerMessage(LogLevel.Warning, "Usage cannot be stored. It is kept in memory and tried again until it can.")]
    private partial void LogOutage(Exception exception);

    [LoggerMessage(LogLevel.Information, "Usage is stored again.")]
    private partial void LogRestored();

    [LoggerMessage(LogLevel.Error, "The app ends with {Rows} rows of usage that could not be stored.")]
    private partial void LogLost(int rows);
}
