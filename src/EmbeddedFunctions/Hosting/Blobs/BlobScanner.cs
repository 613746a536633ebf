using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using EmbeddedFunctions.Hosting.Storage;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>
/// Lists a container again and again and has each new version of a blob processed. The listing waits for a free place before it goes on, so that memory
/// holds one page of it and what is running, however many blobs there are.
/// </summary>
/// <param name="function">Whose scan it is, for the log.</param>
/// <param name="container">The container, which may not exist yet.</param>
/// <param name="pattern">The blobs.</param>
/// <param name="progress">Where a restart goes on.</param>
/// <param name="processor">Processes one blob.</param>
/// <param name="places">How many blobs may be processed at once, by all functions together.</param>
/// <param name="time">Between two listings.</param>
internal sealed class BlobScanner(
    AppFunction function, BlobContainerClient container, BlobPathPattern pattern, ScanProgress progress, BlobProcessor processor, SemaphoreSlim places, TimeProvider time)
{
    private readonly Dictionary<string, BlobTurn> _turns = [];

    /// <exception cref="OperationCanceledException">The scan is someone else's now, or the host stops.</exception>
    /// <exception cref="RequestFailedException">The progress could not be read.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        BlobLog.Watches(function.Logger, function.Name, container.Name);
        var window = new ScanWindow(await progress.ReadAsync(cancellationToken));
        var pace = new ScanPace();
        var backoff = new Backoff(time);
        try
        {
            while (true)
            {
                try
                {
                    var (found, listing) = await ScanAsync(window, cancellationToken);
                    await progress.SaveAsync(Unfinished(window.Start), cancellationToken);
                    backoff.Reset();
                    await Task.Delay(pace.Next(found, listing), time, cancellationToken);
                }
                catch (Exception exception) when (StorageAttempts.IsTrouble(exception, cancellationToken))
                {
                    BlobLog.NotScanned(function.Logger, container.Name, exception);
                    await backoff.DelayAsync(cancellationToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(Running()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>How many blobs were new, and the time that the listing itself took.</returns>
    private async Task<(int Found, TimeSpan Listing)> ScanAsync(ScanWindow window, CancellationToken cancellationToken)
    {
        var (found, listing) = (0, TimeSpan.Zero);
        DateTimeOffset? listedFrom = null;
        await using var pages = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, pattern.Prefix, cancellationToken).AsPages().GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var asked = time.GetTimestamp();
            if (!await MoveNextAsync(pages))
            {
                break;
            }

            listedFrom ??= pages.Current.GetRawResponse().Headers.Date;
            var blobs = pages.Current.Values.Where(blob => pattern.IsMatch(blob.Name)
                && window.IsNew(blob.Name, blob.Properties.ETag.GetValueOrDefault(), blob.Properties.LastModified.GetValueOrDefault())).ToList();
            listing += time.GetElapsedTime(asked);
            found += blobs.Count;
            foreach (var blob in blobs)
            {
                await BeginAsync(blob.Name, blob.Properties.LastModified.GetValueOrDefault(), cancellationToken);
            }
        }

        if (listedFrom is { } date)
        {
            window.Advance(date);
        }

        return (found, listing);
    }

    /// <summary>A container that does not exist, yet or any more, has no blobs.</summary>
    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<Page<BlobItem>> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    private async Task BeginAsync(string name, DateTimeOffset lastModified, CancellationToken cancellationToken)
    {
        lock (_turns)
        {
            if (_turns.TryGetValue(name, out var running))
            {
                running.IsOutdated = true;
                return;
            }
        }

        await places.WaitAsync(cancellationToken);
        lock (_turns)
        {
            var turn = new BlobTurn(lastModified);
            _turns.Add(name, turn);
            turn.Task = Task.Run(() => ProcessAsync(name, turn, cancellationToken), CancellationToken.None);
        }
    }

    private async Task ProcessAsync(string name, BlobTurn turn, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(time);
        try
        {
            while (true)
            {
                try
                {
                    Renew(turn);
                    if (await processor.ProcessAsync(name, cancellationToken) && TryEnd(name, turn))
                    {
                        return;
                    }
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    // Whatever it is, the version must not be forgotten.
                    BlobLog.StateNotReached(function.Logger, exception);
                    await backoff.DelayAsync(cancellationToken);
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    private void Renew(BlobTurn turn)
    {
        lock (_turns)
        {
            turn.IsOutdated = false;
        }
    }

    private bool TryEnd(string name, BlobTurn turn)
    {
        lock (_turns)
        {
            return !turn.IsOutdated && _turns.Remove(name);
        }
    }

    private DateTimeOffset Unfinished(DateTimeOffset start)
    {
        lock (_turns)
        {
            return _turns.Values.Select(turn => turn.Since).Append(start).Min();
        }
    }

    private List<Task> Running()
    {
        lock (_turns)
        {
            return [.. _turns.Values.Select(turn => turn.Task)];
        }
    }
}
