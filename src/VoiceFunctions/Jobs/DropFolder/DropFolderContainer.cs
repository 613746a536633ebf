using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Jobs.DropFolder;

/// <summary>Makes the drop folder when the app starts, so that there is something to put a file into.</summary>
internal sealed partial class DropFolderContainer(JobBlobs blobs, ILogger<DropFolderContainer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await blobs.CreateContainerAsync(DropOutcomes.DropContainer, stoppingToken);
        }
        catch (Exception exception) when (StorageFailure.Is(exception, stoppingToken))
        {
            LogNotMade(exception.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The container of the drop folder could not be made ({Failure}); whoever puts a file there has to make it.")]
    private partial void LogNotMade(string failure);
}
