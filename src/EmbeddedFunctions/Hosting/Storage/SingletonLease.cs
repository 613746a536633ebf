using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Hosting.Storage;

/// <summary>
/// A lease on a blob, for work that one process at a time may do. It saves work and keeps order; what must not happen twice needs an ETag as well, since a
/// process that is suspended finds out late that its lease has run out.
/// </summary>
/// <remarks>On one machine a new owner need not wait for the lease of a dead one to run out: see <see cref="MachineLock"/>.</remarks>
/// <param name="container">Made when it is missing.</param>
/// <param name="name">The blob to lease.</param>
/// <param name="period">15 to 60 seconds. Another process takes over at most this long, and a sixth of it, after the owner has died.</param>
/// <param name="time">The real one in tests as well: the lease runs out by the storage account's clock.</param>
/// <param name="logger">Where ownership is told.</param>
internal sealed class SingletonLease(BlobContainerClient container, string name, TimeSpan period, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromSeconds(5);

    private readonly BlobClient _blob = container.GetBlobClient(name);

    /// <summary>Does the work whenever this process owns the lease, again and again until the token is cancelled; never throws.</summary>
    /// <param name="work">Its token is cancelled when the lease is lost or the host stops. When it throws or returns, it is started anew after a pause.</param>
    /// <param name="cancellationToken">Ends the work and gives the lease back.</param>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(time);
        var standsBy = false;
        using var machine = new MachineLock(_blob.Uri);
        while (!cancellationToken.IsCancellationRequested)
        {
            var requested = time.GetTimestamp();
            try
            {
                if (await TryAcquireAsync(machine, cancellationToken) is { } lease)
                {
                    StorageLog.Owned(logger, name);
                    standsBy = false;
                    await HoldAsync(lease, requested, work, cancellationToken);
                    continue;
                }

                if (!standsBy)
                {
                    standsBy = true;
                    StorageLog.StandsBy(logger, name);
                }

                await Task.Delay(period / 6, time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                StorageLog.WorkFailed(logger, name, exception);
                if (time.GetElapsedTime(requested) > period)
                {
                    backoff.Reset();
                }

                await backoff.DelayAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HoldAsync(BlobLeaseClient lease, long requested, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var owned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var renewing = new CancellationTokenSource();
        owned.CancelAfter(Remaining(requested));
        var renewal = RenewAsync(lease, owned, renewing.Token);
        try
        {
            await work(owned.Token);
        }
        catch (OperationCanceledException) when (owned.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            StorageLog.Lost(logger, name);
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
            await ReleaseAsync(lease);
        }
    }

    /// <summary>Keeps the lease, also while the work is ending, and puts off the moment at which ownership ends by itself.</summary>
    private async Task RenewAsync(BlobLeaseClient lease, CancellationTokenSource owned, CancellationToken cancellationToken)
    {
        var wait = period / 3;
        while (true)
        {
            try
            {
                await Task.Delay(wait, time, cancellationToken);
                using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                attempt.CancelAfter(period / 3);
                var requested = time.GetTimestamp();
                await lease.RenewAsync(cancellationToken: attempt.Token);
                owned.CancelAfter(Remaining(requested));
                wait = period / 3;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
            {
                await owned.CancelAsync();
                return;
            }
            catch (Exception exception)
            {
                StorageLog.NotRenewed(logger, name, exception);
                wait = period / 15;
            }
        }
    }

    /// <summary>How long ownership is sure, with a tenth of the period to spare for the work to notice that it is not.</summary>
    private TimeSpan Remaining(long requested)
    {
        var remaining = (period * 0.9) - time.GetElapsedTime(requested);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    /// <returns>Null when another process has it.</returns>
    private async Task<BlobLeaseClient?> TryAcquireAsync(MachineLock machine, CancellationToken cancellationToken)
    {
        machine.Take();
        try
        {
            // A look first, as the official host does, because a refused lease is an error in the account's metrics.
            var properties = await _blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            if (properties.Value.LeaseState is LeaseState.Leased or LeaseState.Breaking && !machine.MayInherit)
            {
                return null;
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            await CreateAsync(cancellationToken);
        }

        try
        {
            var lease = _blob.GetBlobLeaseClient(machine.LeaseId);
            await lease.AcquireAsync(period, cancellationToken: cancellationToken);
            machine.MayInherit = false;
            return lease;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            machine.MayInherit = false;
            return null;
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        try
        {
            await _blob.UploadAsync(BinaryData.Empty, overwrite: false, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // Another process was quicker.
        }
    }

    private async Task ReleaseAsync(BlobLeaseClient lease)
    {
        using var patience = new CancellationTokenSource(ReleasePatience, time);
        try
        {
            await lease.ReleaseAsync(cancellationToken: patience.Token);
        }
        catch (Exception exception) when (exception is RequestFailedException or OperationCanceledException or AggregateException)
        {
            StorageLog.NotReleased(logger, name, exception);
        }
    }
}
