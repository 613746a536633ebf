using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Recognises a stream of audio segment by segment. Owns the models and bounds the threads that compute with them.</summary>
internal sealed class MoonshineTranscriber(Func<MoonshineRecogniser> load, int workers, TimeSpan idleUnloadAfter, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Segments of one call under way at one time: enough to keep two processors busy, few enough to let the next call in.</summary>
    private const int SegmentsPerCall = 2;

    private readonly IdleResource<MoonshineRecogniser> _recogniser = new(load, idleUnloadAfter, timeProvider);
    private readonly SemaphoreSlim _workers = new(workers, workers);

    public bool IsLoaded => _recogniser.IsLoaded;

    /// <param name="blocks">Mono at <see cref="MoonshineRecogniser.SampleRate"/>.</param>
    /// <param name="cancellationToken">Honoured between two tokens and between two frames.</param>
    public async Task<Transcript> TranscribeAsync(IAsyncEnumerable<ReadOnlyMemory<float>> blocks, CancellationToken cancellationToken)
    {
        using var lease = await _recogniser.AcquireAsync(cancellationToken);
        var recogniser = lease.Value;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var voiceActivity = recogniser.VoiceActivity.OpenStream();
        var reader = new SpeechReader(new SpeechSegmenter(SegmentationOptions.Default, SileroVad.SampleRate, SileroVad.FrameSamples), voiceActivity.Listen);
        var segments = new List<(SpeechSpan, RecognisedSpeech)>();
        var running = new Queue<Task<(SpeechSpan, RecognisedSpeech)>>();
        try
        {
            await foreach (var clip in reader.ReadAsync(blocks, stop.Token))
            {
                if (running.Count == SegmentsPerCall) segments.Add(await running.Dequeue());
                running.Enqueue(RecogniseAsync(recogniser, clip, stop.Token));
            }

            while (running.TryDequeue(out var next)) segments.Add(await next);
            return new Transcript(segments, (double)reader.Samples / SileroVad.SampleRate);
        }
        finally
        {
            // No session may be given back while a segment still computes with it; what the segments failed of is known from the first of them.
            await stop.CancelAsync();
            await Task.WhenAll(running).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public void Dispose()
    {
        _recogniser.Dispose();
        _workers.Dispose();
    }

    private async Task<(SpeechSpan, RecognisedSpeech)> RecogniseAsync(MoonshineRecogniser recogniser, SpeechClip clip, CancellationToken cancellationToken)
    {
        using (clip)
        {
            await _workers.WaitAsync(cancellationToken);
            try
            {
                // A thread of its own: half a second of computing would otherwise hold up the requests that share the pool.
                return (clip.Span, await Task.Factory.StartNew(
                    () => recogniser.Recognise(clip.Samples, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            }
            finally
            {
                _workers.Release();
            }
        }
    }
}
