namespace VoiceFunctions.Audio.Segmentation;

/// <summary>
/// Cuts a recording of any container and hours of length into pieces that providers take. It is decoded as a stream: of its samples only a file of bounded size
/// holds more than a block.
/// </summary>
internal sealed class RecordingSplitter(AudioDecoder decoder, TempFiles files, VoiceActivity activity)
{
    /// <summary>Samples that are stored at one time.</summary>
    private const int Step = 16 * 1024;

    /// <param name="audio">Read from where it stands to its end.</param>
    /// <param name="limits">The most that a piece may be.</param>
    /// <param name="keep">Takes each piece as it is found; the piece can be read until the task is done.</param>
    /// <param name="cancellationToken">Ends the decoder.</param>
    /// <exception cref="AudioException">The bytes are empty, not audio, cut off, too long, or of a kind that cannot be read here. Pieces may have been kept by then.</exception>
    /// <exception cref="AudioTooLargeException">More bytes came than <see cref="DecodeLimits.MaxRecordingBytes"/>.</exception>
    public async Task<SplitRecording> SplitAsync(
        Stream audio, PieceLimits limits, Func<RecordingPiece, CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        using var listener = await activity.ListenAsync(cancellationToken);
        var cutter = new PieceCutter(limits, PieceOptions.Default, SegmentationOptions.Default, SileroVad.SampleRate, SileroVad.FrameSamples);
        using var samples = new SampleRing(files.Create(), cutter.MaxHeld + Step);
        var frame = new float[SileroVad.FrameSamples];
        var filled = 0;
        var pieces = new List<PieceSpan>();
        await foreach (var block in decoder.DecodeLongAsync(audio, SileroVad.SampleRate, cancellationToken))
        {
            for (var rest = block; !rest.IsEmpty; rest = rest[Math.Min(Step, rest.Length)..])
            {
                var step = rest[..Math.Min(Step, rest.Length)];
                await samples.WriteAsync(step, cancellationToken);
                Listen(step.Span);
                await KeepAsync();
            }
        }

        if (samples.Position == 0) throw new AudioException(AudioFailure.Undecodable, "The file holds no samples.");
        if (filled > 0) cutter.Push(listener.Listen(frame.AsSpan(0, filled)));
        cutter.Complete(samples.Position);
        await KeepAsync();
        return new(pieces, samples.Position);

        void Listen(ReadOnlySpan<float> step)
        {
            while (!step.IsEmpty)
            {
                var taken = Math.Min(step.Length, frame.Length - filled);
                step[..taken].CopyTo(frame.AsSpan(filled));
                step = step[taken..];
                filled += taken;
                if (filled < frame.Length) return;
                cutter.Push(listener.Listen(frame));
                filled = 0;
            }
        }

        async Task KeepAsync()
        {
            while (cutter.TryTake(out var span))
            {
                await using var piece = new RecordingPiece(pieces.Count, span, samples);
                await keep(piece, cancellationToken);
                pieces.Add(span);
            }
        }
    }
}
