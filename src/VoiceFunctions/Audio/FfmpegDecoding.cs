using System.IO.Pipelines;
using CliWrap;

namespace VoiceFunctions.Audio;

/// <summary>
/// One file being decoded by ffmpeg into a WAV stream at the file's own rate. ffmpeg waits when nobody reads. The stream ends only after ffmpeg has
/// said that all went well; else reading throws.
/// </summary>
internal sealed class FfmpegDecoding : IAsyncDisposable
{
    private const int PipeBytes = 256 * 1024;
    private const int ReadBytes = 32 * 1024;

    /// <summary>
    /// The most memory that ffmpeg may take in one piece, in bytes: room for the tables of a day of MP4, not for what a forged header asks for.
    /// </summary>
    private const int MaxAllocation = 256 * 1024 * 1024;

    private readonly Ffmpeg _ffmpeg;
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2, minimumSegmentSize: ReadBytes, useSynchronizationContext: false));

    private readonly IDisposable? _place;
    private readonly CancellationTokenSource _stop;
    private readonly TimeSpan _limit;
    private readonly Task _running;
    private long _written;

    public FfmpegDecoding(Ffmpeg ffmpeg, string path, AudioContainer container, TimeSpan limit, IDisposable? place, CancellationToken cancellationToken)
    {
        _ffmpeg = ffmpeg;
        _place = place;
        _limit = limit;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Output = _pipe.Reader.AsStream(leaveOpen: true);
        _running = RunAsync(path, container);
    }

    public Stream Output { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _place?.Dispose();
        await _pipe.Reader.CompleteAsync();
        _stop.Dispose();
    }

    /// <summary>Names the one demuxer that the bytes were seen to be for, and no protocol but files: a media file can refer to others.</summary>
    private static string[] Input(string path, AudioContainer container) =>
        ["-max_alloc", $"{MaxAllocation}", "-protocol_whitelist", "file,pipe", "-threads", "1", "-f", Demuxer(container), "-i", $"file:{path}"];

    private static string Demuxer(AudioContainer container) => container switch
    {
        AudioContainer.Wav => "wav",
        AudioContainer.Mp3 => "mp3",
        AudioContainer.Ogg => "ogg",
        AudioContainer.Flac => "flac",
        AudioContainer.Mp4 => "mov",
        AudioContainer.Matroska => "matroska",
        AudioContainer.Adts => "aac",
        AudioContainer.Aiff => "aiff",
        AudioContainer.Amr => "amr",
        AudioContainer.Caf => "caf",
        _ => throw new ArgumentOutOfRangeException(nameof(container), container, message: null),
    };

    private async Task RunAsync(string path, AudioContainer container)
    {
        Exception? failure = null;
        try
        {
            string[] output = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-ac", "1", "-c:a", "pcm_s16le", "-f", "wav", "pipe:1"];
            var exitCode = await _ffmpeg.RunAsync([.. Input(path, container), .. output], PipeSource.Null, PipeTarget.Create(CopyAsync), _limit, _stop.Token);
            if (exitCode != 0 || _written == 0) failure = await ExplainAsync(path, container);
        }
        catch (TimeoutException exception)
        {
            failure = new AudioException(AudioFailure.Undecodable, $"The audio could not be decoded within {_limit.TotalSeconds} s.", exception);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        await _pipe.Writer.CompleteAsync(failure);
    }

    private async Task CopyAsync(Stream source, CancellationToken cancellationToken)
    {
        int read;
        while ((read = await source.ReadAsync(_pipe.Writer.GetMemory(ReadBytes), cancellationToken)) > 0)
        {
            _written += read;
            _pipe.Writer.Advance(read);
            await _pipe.Writer.FlushAsync(cancellationToken);
        }
    }

    /// <summary>A file that opens but has no first audio stream to copy is a video without sound; anything else is damage.</summary>
    private async Task<AudioException> ExplainAsync(string path, AudioContainer container)
    {
        if (container is AudioContainer.Mp4 or AudioContainer.Matroska or AudioContainer.Ogg
            && await SucceedsAsync([.. Input(path, container), "-f", "ffmetadata", "pipe:1"])
            && !await SucceedsAsync([.. Input(path, container), "-map", "0:a:0", "-c", "copy", "-t", "0.1", "-f", "null", "-"]))
        {
            return new(AudioFailure.NoAudioStream, "The file holds no audio.");
        }

        return new(AudioFailure.Undecodable, "The bytes could not be decoded as audio.");
    }

    /// <summary>Its output is read and dropped: PipeTarget.Null closes the pipe, which ffmpeg may or may not notice before it has written.</summary>
    private async Task<bool> SucceedsAsync(string[] arguments) =>
        await _ffmpeg.RunAsync(arguments, PipeSource.Null, PipeTarget.ToStream(Stream.Null), _limit, _stop.Token) == 0;
}
