using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio.Stitching;

/// <summary>One chunk being read. Whatever goes wrong with it names it.</summary>
internal sealed class ChunkReader : IAsyncDisposable
{
    private readonly int _chunk;
    private readonly Stream _stream;
    private readonly WavReader _wav;

    private ChunkReader(int chunk, Stream stream, WavReader wav) => (_chunk, _stream, _wav) = (chunk, stream, wav);

    public long Samples => _wav.Frames!.Value;

    /// <exception cref="StitchException">It is not there, or not what it should be.</exception>
    public static async Task<ChunkReader> OpenAsync(ChunkAudio audio, int chunk, int sampleRate, CancellationToken cancellationToken)
    {
        var stream = await NamingAsync(chunk, "it cannot be opened.", () => audio.OpenAsync(cancellationToken));
        WavReader? wav = null;
        try
        {
            wav = await NamingAsync(chunk, "it cannot be read.", () => WavReader.OpenAsync(stream, cancellationToken).AsTask());
            if (Objection(wav, sampleRate) is { } objection) throw new StitchException(chunk, objection);
            return new ChunkReader(chunk, stream, wav);
        }
        catch
        {
            wav?.Dispose();
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fills the target with the next samples.</summary>
    /// <exception cref="StitchException">There are fewer than its header promised.</exception>
    public async Task ReadAsync(Memory<float> floats, Memory<byte> target, CancellationToken cancellationToken)
    {
        for (var filled = 0; filled < floats.Length;)
        {
            var rest = floats[filled..];
            var read = await NamingAsync(_chunk, "it cannot be read.", () => _wav.ReadAsync(rest, cancellationToken).AsTask());
            if (read == 0) throw new StitchException(_chunk, "it is cut off.");
            filled += read;
        }

        PcmConversion.ToInt16(floats.Span, MemoryMarshal.Cast<byte, short>(target.Span));
    }

    public async ValueTask DisposeAsync()
    {
        _wav.Dispose();
        await _stream.DisposeAsync();
    }

    private static string? Objection(WavReader wav, int sampleRate) => wav.Format switch
    {
        { Encoding: not WavEncoding.Signed16 } or { Channels: not 1 } => "it is not 16-bit mono.",
        { SampleRate: var rate } when rate != sampleRate => $"its sample rate is {rate} Hz, not {sampleRate} Hz.",
        _ when wav.Frames is null => "its header does not say how long it is.",
        _ when wav.Frames is 0 => "it is empty.",
        _ => null,
    };

    private static async Task<T> NamingAsync<T>(int chunk, string reason, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (AudioException exception)
        {
            throw new StitchException(chunk, exception.Message, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new StitchException(chunk, reason, exception);
        }
    }
}
