using System.Reflection;
using Azure.Storage.Blobs;
using EmbeddedFunctions.Hosting.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>Blob functions: for each, the one process of all with this host id that holds its lease scans the container.</summary>
internal sealed class BlobScanSource(
    BlobSettings settings, IConfiguration configuration, StorageConnections connections, HostStorage storage, FunctionRunner runner) : ITriggerSource, IDisposable
{
    private readonly BackgroundWork _work = new();
    private readonly List<Func<CancellationToken, Task>> _scans = [];
    private readonly SemaphoreSlim _places = new(settings.MaxDegreeOfParallelism);

    public Type Attribute => typeof(BlobTriggerAttribute);

    public TriggerBinding? Bind(FunctionCandidate candidate)
    {
        var trigger = candidate.Trigger.GetCustomAttribute<BlobTriggerAttribute>()!;
        var type = candidate.Trigger.ParameterType;
        if (type != typeof(BlobClient) && type != typeof(Stream))
        {
            candidate.Refuse($"the trigger parameter '{candidate.Trigger.Name}' must be a BlobClient or a Stream, not {type}.");
        }

        if (FunctionResult.HasValue(candidate.Method.ReturnType))
        {
            candidate.Refuse($"a blob function must return nothing, a Task or a ValueTask, not {candidate.Method.ReturnType}.");
        }

        if (trigger.Source == BlobTriggerSource.EventGrid && !candidate.IsDisabled)
        {
            candidate.Refuse("BlobTriggerSource.EventGrid is not supported: here nothing raises its events. "
                + $"Disable the function with the setting AzureWebJobs_{candidate.Name}_Disabled, or use BlobTriggerSource.LogsAndContainerScan.");
        }

        var connection = AppSettings.Resolve(configuration, trigger.Connection ?? string.Empty, candidate.Refuse);
        RefuseMissingStorage(candidate, connection);
        if (AppSettings.Resolve(configuration, trigger.BlobPath, candidate.Refuse) is not { } path || BlobPathPattern.Parse(path, candidate.Refuse) is not { } pattern)
        {
            return null;
        }

        return new TriggerBinding
        {
            Type = "blobTrigger",
            Value = type == typeof(Stream) ? TriggeringBlob.StreamOf : TriggeringBlob.ClientOf,
            DataNames = [.. pattern.Parameters, "BlobTrigger"],
            Serve = function => Serve(function, pattern, connection),
        };
    }

    public IEnumerable<string> FindConflicts() => [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _scans.ForEach(_work.Start);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _work.StopAsync(cancellationToken);

    public void Dispose()
    {
        _work.Dispose();
        _places.Dispose();
    }

    private void Serve(AppFunction function, BlobPathPattern pattern, string? connection)
    {
        if (function.IsDisabled)
        {
            return;
        }

        _scans.Add(cancellationToken =>
        {
            var account = connections.Get(connection);
            var container = account.Blobs.GetBlobContainerClient(pattern.Container);
            var processor = new BlobProcessor(
                function, container, pattern, storage.Receipts(function), new PoisonQueue(account.Queues), settings.PoisonBlobThreshold, runner);
            return storage.Lease(function).RunAsync(
                owned => new BlobScanner(function, container, pattern, storage.Progress(function, container), processor, _places, TimeProvider.System).RunAsync(owned),
                cancellationToken);
        });
    }

    private void RefuseMissingStorage(FunctionCandidate candidate, string? connection)
    {
        storage.RefuseIfMissing(candidate, "a blob function");
        if (candidate.IsDisabled || string.IsNullOrEmpty(connection))
        {
            return;
        }

        try
        {
            var account = connections.Get(connection);
            _ = (account.Blobs, account.Queues);
        }
        catch (InvalidOperationException exception)
        {
            candidate.Refuse($"{exception.Message}.");
        }
    }
}
