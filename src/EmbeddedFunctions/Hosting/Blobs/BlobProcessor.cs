using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using EmbeddedFunctions.Hosting.Storage;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>Runs a function for one version of a blob until it succeeds or has been tried often enough, whatever happens to the process in between.</summary>
/// <param name="function">The function.</param>
/// <param name="container">Where the blobs are.</param>
/// <param name="pattern">Gives the function's parameters their values.</param>
/// <param name="receipts">What has been done already.</param>
/// <param name="poison">Told of a version that is given up.</param>
/// <param name="tries">How often a version is tried.</param>
/// <param name="runner">Runs the function.</param>
internal sealed class BlobProcessor(
    AppFunction function, BlobContainerClient container, BlobPathPattern pattern, BlobReceipts receipts, PoisonQueue poison, int tries, FunctionRunner runner)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <returns>False when the blob was overwritten meanwhile and its new version is to be processed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; the version will be found again.</exception>
    public async Task<bool> ProcessAsync(string name, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(name);
        if (await FindAsync(blob, cancellationToken) is not { } version)
        {
            return true;
        }

        var receipt = await RepeatAsync(token => receipts.OpenAsync(container.Name, name, version.ETag, token), cancellationToken);
        while (!receipt.IsCompleted)
        {
            if (receipt.Tries >= tries)
            {
                await GiveUpAsync(name, version, receipt, cancellationToken);
                return true;
            }

            var counted = await RepeatAsync(token => receipts.CountAsync(receipt, receipt.Tries + 1, token), cancellationToken);
            if (counted is null)
            {
                return true;
            }

            receipt = counted;
            if (await TryAsync(blob, version, receipt, cancellationToken))
            {
                await CompleteAsync(receipt, cancellationToken);
                return true;
            }

            var current = await FindAsync(blob, cancellationToken);
            if (current is null || current.ETag != version.ETag)
            {
                return current is null;
            }
        }

        return true;
    }

    private async Task<bool> TryAsync(BlobClient blob, BlobProperties version, BlobReceipt receipt, CancellationToken cancellationToken)
    {
        await using var trigger = new TriggeringBlob(blob);
        try
        {
            await runner.RunAsync(function, new TriggerData(trigger, BindingData(blob, version)), cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await UndoAsync(receipt);
            throw;
        }
        catch (Exception)
        {
            BlobLog.TryFailed(function.Logger, receipt.Tries, tries, function.Name, $"{version.ETag}");
            return false;
        }
    }

    /// <summary>What is done is noted also while the host stops, or it would be done again.</summary>
    private async Task CompleteAsync(BlobReceipt receipt, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource();
        await using var stopping = cancellationToken.UnsafeRegister(static late => ((CancellationTokenSource)late!).CancelAfter(StopPatience), late);
        await RepeatAsync(token => receipts.CompleteAsync(receipt, token), late.Token);
    }

    /// <summary>A try that was cut short does not count, or restarts alone could use all of them up. When this fails, it does count.</summary>
    private async Task UndoAsync(BlobReceipt receipt)
    {
        using var patience = new CancellationTokenSource(StopPatience, TimeProvider.System);
        await ((Task)receipts.CountAsync(receipt, receipt.Tries - 1, patience.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task GiveUpAsync(string name, BlobProperties version, BlobReceipt receipt, CancellationToken cancellationToken)
    {
        var message = new PoisonMessage(
            "BlobTrigger", HostStorage.IdOf(function), $"{version.BlobType}Blob", container.Name, name, version.ETag.ToString("H"));
        await RepeatAsync(
            async token =>
            {
                await poison.SendAsync(message, token);
                return true;
            },
            cancellationToken);
        BlobLog.GivenUp(function.Logger, function.Name, $"{version.ETag}", receipt.Tries);
        await CompleteAsync(receipt, cancellationToken);
    }

    private Task<BlobProperties?> FindAsync(BlobClient blob, CancellationToken cancellationToken) => RepeatAsync(
        async token =>
        {
            try
            {
                return (await blob.GetPropertiesAsync(cancellationToken: token)).Value;
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                return (BlobProperties?)null;
            }
        },
        cancellationToken);

    /// <summary>As officially, but without the entry <c>Properties</c>. What the path gives wins.</summary>
    private Dictionary<string, object?> BindingData(BlobClient blob, BlobProperties version)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["BlobTrigger"] = $"{blob.BlobContainerName}/{blob.Name}",
            ["Uri"] = blob.Uri.AbsoluteUri,
            ["Metadata"] = JsonSerializer.Serialize(version.Metadata, BlobJson.Default.IDictionaryStringString),
        };
        foreach (var (name, value) in pattern.Read(blob.Name))
        {
            data[name] = value;
        }

        return data;
    }

    private Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        StorageAttempts.RepeatAsync(call, exception => BlobLog.StateNotReached(function.Logger, exception), TimeProvider.System, cancellationToken);
}
