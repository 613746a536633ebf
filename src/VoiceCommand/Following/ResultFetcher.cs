using System.Net;
using System.Net.Http.Headers;
using VoiceCommand.Api;
using VoiceCommand.Files;

namespace VoiceCommand.Following;

/// <summary>Fetches the results of a job. A transfer that breaks off goes on where it was, as long as the result is still the same.</summary>
internal sealed class ResultFetcher(VoiceApi api, TimeProvider time)
{
    private const int Tries = 5;
    private const int BlockBytes = 128 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task FetchAsync(ResultDocument result, OutputFile output, ProgressDisplay display, CancellationToken cancellationToken) => output.WriteAsync(async target =>
    {
        long written = 0;
        EntityTagHeaderValue? version = null;
        for (var attempt = 1; written < result.Bytes || attempt == 1; attempt++)
        {
            try
            {
                using var response = await api.GetResultAsync(result, written, version, cancellationToken);
                if (written > 0 && response.StatusCode is not HttpStatusCode.PartialContent) throw new CommandException(ExitCode.Failed, $"{result.Name} changed while it was fetched.");
                version = response.Headers.ETag;
                await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
                var block = new byte[BlockBytes];
                int read;
                while ((read = await source.ReadAsync(block, cancellationToken)) > 0)
                {
                    await target.WriteAsync(block.AsMemory(0, read), cancellationToken);
                    written += read;
                    display.Report($"Fetching {result.Name}", written, result.Bytes, "bytes");
                }
            }
            catch (Exception exception) when (exception is HttpIOException or CommandException { ExitCode: ExitCode.Unreachable })
            {
                await Task.Delay(Pause, time, cancellationToken);
            }

            if (attempt >= Tries && written < result.Bytes) throw new CommandException(ExitCode.Unreachable, $"{result.Name} could not be fetched whole.");
        }
    });
}
