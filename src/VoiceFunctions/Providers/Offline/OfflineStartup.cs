using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Has the probe run while the app starts and not in the first request, and says what it found.</summary>
internal sealed partial class OfflineStartup(SpeechProvider provider, ILogger<OfflineStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var synthesis = string.Join(", ", provider.SynthesisModels.Select(model => model.Id).DefaultIfEmpty("nothing"));
        var recognition = string.Join(", ", provider.RecognitionModels.Select(model => model.Id).DefaultIfEmpty("nothing"));
        LogFound(logger, synthesis, recognition);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Offline synthesis with {Synthesis}, recognition with {Recognition}")]
    private static partial void LogFound(ILogger logger, string synthesis, string recognition);
}
