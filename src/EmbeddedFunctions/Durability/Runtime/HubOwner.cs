using System.Diagnostics;
using System.Globalization;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>
/// Has the hub when no other process has it: a lease, renewed as long as the process lives. The lease saves two processes from doing the same work; that
/// nothing goes wrong when they do is the business of commits.
/// </summary>
internal sealed class HubOwner(HubServices services, IDurableFunctions functions)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly string _identity = $"{Environment.MachineName}|{Environment.ProcessId}|{StartOf(Process.GetCurrentProcess())}";

    /// <summary>Owns the hub whenever it can, until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await services.Store.CreateAsync(stopping);
        var wasRefused = false;
        while (!stopping.IsCancellationRequested)
        {
            if (await TryAcquireAsync(stopping) is { } lease)
            {
                wasRefused = false;
                HubLog.Owned(services.Logger, services.Settings.HubName);
                await OwnAsync(lease, stopping);
            }
            else
            {
                if (!wasRefused)
                {
                    HubLog.NotOwned(services.Logger, services.Settings.HubName);
                    wasRefused = true;
                }

                await Task.Delay(LongestWait * (0.5 + (Random.Shared.NextDouble() / 2)), services.Clock.Provider, stopping);
            }
        }
    }

    /// <summary>A process of this machine that does not live any more has no use for its lease.</summary>
    private static bool IsGone(string owner)
    {
        if (owner.Split('|') is not [var machine, var id, var start] || machine != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            return StartOf(process) != start;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    private static string StartOf(Process process) => process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);

    private async Task<string?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await services.Store.TryAcquireLeaseAsync(_identity, services.Settings.LeaseTime, IsGone, cancellationToken);
        }
        catch (HubUnavailableException exception)
        {
            HubLog.LeaseFailed(services.Logger, services.Settings.HubName, exception);
            return null;
        }
    }

    private async Task OwnAsync(string lease, CancellationToken stopping)
    {
        using var lost = new CancellationTokenSource();
        using var term = new HubTerm(services, functions);
        using var stopRenewing = new CancellationTokenSource();
        var renewal = RenewAsync(lease, lost, stopRenewing.Token);
        await using var stop = stopping.Register(() => lost.CancelAfter(services.Settings.StopTime));
        services.Door.Term = term;
        await term.RunAsync(stopping, lost.Token);
        services.Door.Term = null;
        await stopRenewing.CancelAsync();
        await renewal;
        if (stopping.IsCancellationRequested)
        {
            await ReleaseAsync(lease);
        }
    }

    /// <summary>Ends the term when the lease may have lapsed, by the clock of this process.</summary>
    private async Task RenewAsync(string lease, CancellationTokenSource lost, CancellationToken cancellationToken)
    {
        var time = services.Clock.Provider;
        var renewed = time.GetTimestamp();
        try
        {
            while (time.GetElapsedTime(renewed) < services.Settings.LeaseTime * 0.8)
            {
                await Task.Delay(services.Settings.LeaseTime / 5, time, cancellationToken);
                var asked = time.GetTimestamp();
                try
                {
                    using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    patience.CancelAfter(services.Settings.LeaseTime / 3);
                    if (!await services.Store.RenewLeaseAsync(lease, patience.Token))
                    {
                        break;
                    }

                    renewed = asked;
                }
                catch (Exception exception) when (exception is HubUnavailableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
                {
                    HubLog.LeaseFailed(services.Logger, services.Settings.HubName, exception);
                }
            }

            HubLog.Lost(services.Logger, services.Settings.HubName);
            await lost.CancelAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The term has ended on its own.
        }
    }

    private async Task ReleaseAsync(string lease)
    {
        try
        {
            using var patience = new CancellationTokenSource(services.Settings.StopTime, services.Clock.Provider);
            await services.Store.ReleaseLeaseAsync(lease, patience.Token);
        }
        catch (Exception exception) when (exception is HubUnavailableException or OperationCanceledException)
        {
            HubLog.LeaseFailed(services.Logger, services.Settings.HubName, exception);
        }
    }
}
