using System.Buffers;
using System.ComponentModel;
using System.Text;
using CliWrap;
using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Audio;

/// <summary>
/// Runs ffmpeg as a child process: bounded in time, killed with all it started when its caller leaves, its complaints kept for the log only. It sees
/// none of the app's environment, since settings hold keys and the child parses what strangers send.
/// </summary>
internal sealed partial class Ffmpeg(FfmpegProgram program, TimeProvider time, ILogger<Ffmpeg> logger)
{
    private const int MaxComplaintBytes = 4096;

    /// <summary>Answers the exit code.</summary>
    /// <exception cref="TimeoutException">It ran longer than <paramref name="limit"/> and was killed.</exception>
    /// <exception cref="FfmpegException">It could not be started.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, PipeSource input, PipeTarget output, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        var complaints = new StringBuilder();
        var command = Cli.Wrap(program.Path)
            .WithArguments(["-hide_banner", "-nostdin", "-v", "error", .. arguments])
            .WithEnvironmentVariables(ChildEnvironment.WithoutSettings())
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(input)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(PipeTarget.Create((stream, token) => KeepAsync(stream, complaints, token)));
        try
        {
            var result = await command.ExecuteAsync(linked.Token);
            if (result.ExitCode != 0) LogFailed(logger, result.ExitCode, complaints.ToString());
            return result.ExitCode;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogKilled(logger, limit.TotalSeconds, complaints.ToString());
            throw new TimeoutException($"ffmpeg took longer than {limit.TotalSeconds} s.", exception);
        }
        catch (Win32Exception exception)
        {
            throw new FfmpegException("ffmpeg could not be started.", exception);
        }
    }

    /// <summary>Keeps the first few kilobytes and reads on, so that a child that complains a lot does not block.</summary>
    private static async Task KeepAsync(Stream stream, StringBuilder complaints, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxComplaintBytes);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(0, MaxComplaintBytes), cancellationToken)) > 0)
            {
                complaints.Append(Encoding.UTF8.GetString(buffer, 0, Math.Min(read, MaxComplaintBytes - Math.Min(MaxComplaintBytes, complaints.Length))));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [LoggerMessage(LogLevel.Warning, "ffmpeg ended with {ExitCode}: {Complaints}")]
    private static partial void LogFailed(ILogger logger, int exitCode, string complaints);

    [LoggerMessage(LogLevel.Warning, "ffmpeg was killed after {Seconds} s: {Complaints}")]
    private static partial void LogKilled(ILogger logger, double seconds, string complaints);
}
