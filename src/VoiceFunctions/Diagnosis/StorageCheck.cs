using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Keys;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Diagnosis;

/// <summary>A round trip to each service of the storage account that the app uses, and what else only storage can tell.</summary>
internal static class StorageCheck
{
    private const string Area = "storage";

    /// <summary>A SAS and a token count from the sender's clock; Azure bears a quarter of an hour.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    public static async IAsyncEnumerable<Finding> RunAsync(IServiceProvider services, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tables = await TryAsync("a row was written and read back", () => services.GetRequiredService<StorageProbe>().RoundTripAsync(cancellationToken), cancellationToken);
        yield return tables;
        if (tables.State == FindingState.Problem) yield break;

        DateTimeOffset? date = null;
        yield return await TryAsync("a blob was written, read back and deleted", async () => date = await BlobAsync(services.GetRequiredService<BlobServiceClient>(), cancellationToken), cancellationToken);
        if (date - services.GetRequiredService<TimeProvider>().GetUtcNow() is { } skew && skew.Duration() > MaxSkew)
        {
            yield return Finding.Problem(Area, $"the clock of this machine is {skew.Duration().TotalMinutes:N0} minutes off", "set it; what is signed with it is refused");
        }

        if (services.GetRequiredService<IOptions<SecurityOptions>>().Value.AllowAnonymous) yield break;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var keys = new KeyTable(services.GetRequiredService<TableServiceClient>());
        var good = await keys.ListAsync(cancellationToken).CountAsync(key => key.RevokedAt is null && !(key.ExpiresAt <= now), cancellationToken);
        yield return good > 0 ? Finding.Ok(Area, $"{good} API keys are good") : Finding.Problem(Area, "there is no API key, so nobody can call", "./voice keys create --name NAME");
    }

    private static async Task<DateTimeOffset?> BlobAsync(BlobServiceClient blobs, CancellationToken cancellationToken)
    {
        var container = blobs.GetBlobContainerClient("inbox");
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var blob = container.GetBlobClient($"doctor/{Guid.NewGuid():N}");
        var mark = BinaryData.FromString(Guid.NewGuid().ToString());
        await blob.UploadAsync(mark, cancellationToken);
        var read = await blob.DownloadContentAsync(cancellationToken);
        await blob.DeleteAsync(cancellationToken: cancellationToken);
        return read.Value.Content.ToString() == mark.ToString()
            ? read.GetRawResponse().Headers.Date
            : throw new InvalidDataException("Blob Storage gave back something else than was written.");
    }

    private static async Task<Finding> TryAsync(string what, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return Finding.Ok(Area, what);
        }
        catch (Exception exception) when (StorageFailure.Is(exception, cancellationToken) || exception is InvalidOperationException or FormatException or InvalidDataException)
        {
            return Finding.Problem(Area, exception.GetBaseException().Message.Split('\n')[0].Trim(), "./voice run starts the local Azurite; for another account look at AzureWebJobsStorage and at your roles there");
        }
    }
}
