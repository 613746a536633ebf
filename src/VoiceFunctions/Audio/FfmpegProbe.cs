using System.Text;
using CliWrap;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>
/// Asks ffmpeg once, when the app starts, what it can do; it takes about 70 ms. The answer is awaited before any service starts: a Functions worker's
/// connection to its host is the first that does, and brings requests while later ones are still starting.
/// </summary>
internal sealed partial class FfmpegProbe(Ffmpeg ffmpeg, AudioCapabilities capabilities, IOptions<AudioOptions> options, ILogger<FfmpegProbe> logger)
    : IHostedLifecycleService
{
    private static readonly Dictionary<string, AudioFormat> Encoders = new()
    {
        ["libmp3lame"] = AudioFormat.Mp3,
        ["libopus"] = AudioFormat.Opus,
        ["aac"] = AudioFormat.Aac,
        ["flac"] = AudioFormat.Flac,
    };

    /// <summary>Without one of these it is a build for something else, and what it cannot read would look like a caller's broken file.</summary>
    private static readonly string[] Decoders = ["mp3float", "aac", "opus", "vorbis", "flac"];

    public Task StartingAsync(CancellationToken cancellationToken) => ProbeAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var encoders = ListAsync("-encoders", cancellationToken);
            var decoders = ListAsync("-decoders", cancellationToken);
            await Task.WhenAll(encoders, decoders);
            var names = await encoders;
            var formats = Encoders.Where(encoder => names.Contains(encoder.Key)).Select(encoder => encoder.Value).Order().ToList();
            capabilities.Report(Decoders.All((await decoders).Contains), formats);
            LogFound(logger, options.Value.FfmpegPath, string.Join(", ", formats), capabilities.CanDecodeCompressed);
        }
        catch (Exception exception) when (exception is FfmpegException or TimeoutException)
        {
            LogAbsent(logger, options.Value.FfmpegPath, exception);
        }
    }

    /// <summary>Lines such as <c> A....D libopus   description</c>, behind a legend that ends with a line of dashes.</summary>
    private async Task<HashSet<string>> ListAsync(string what, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>();
        var output = PipeTarget.ToDelegate(
            line =>
            {
                var columns = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
                if (columns.Length == 3) names.Add(columns[1]);
            },
            Encoding.UTF8);
        var exitCode = await ffmpeg.RunAsync([what], PipeSource.Null, output, options.Value.ProbeTimeout, cancellationToken);
        return exitCode == 0 ? names : throw new FfmpegException($"ffmpeg {what} ended with {exitCode}.");
    }

    [LoggerMessage(LogLevel.Information, "{Path} encodes {Formats}; decodes compressed audio: {Decodes}")]
    private static partial void LogFound(ILogger logger, string path, string formats, bool decodes);

    [LoggerMessage(LogLevel.Warning, "{Path} does not run: only WAV is read, and only WAV and PCM are written")]
    private static partial void LogAbsent(ILogger logger, string path, Exception exception);
}
