namespace VoiceFunctions.Jobs.Chunks;

/// <summary>
/// The places that jobs have at one provider. They are fewer than the provider has, so that a call that somebody waits for finds one free; jobs that want
/// one take turns, a chunk each, however many chunks one of them has waiting.
/// </summary>
internal sealed class JobTurns(int places)
{
    private readonly Lock _lock = new();

    /// <summary>The chunks of each job that wait, in the order in which they came; the job whose turn it is first.</summary>
    private readonly LinkedList<(string Job, Queue<TaskCompletionSource> Chunks)> _waiting = [];
    private int _free = places;

    /// <summary>Waits for a place, which is free again when the result is disposed of.</summary>
    /// <exception cref="OperationCanceledException">The chunk is no longer wanted.</exception>
    public async Task<IDisposable> TakeAsync(string job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Place(this);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ChunksOf(job).Enqueue(turn);
        }

        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
        return new Place(this);
    }

    private Queue<TaskCompletionSource> ChunksOf(string job)
    {
        foreach (var entry in _waiting)
        {
            if (entry.Job == job)
            {
                return entry.Chunks;
            }
        }

        return _waiting.AddLast((job, new Queue<TaskCompletionSource>())).Value.Chunks;
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                var given = TryGive(first.Value.Chunks);
                if (first.Value.Chunks.Count > 0)
                {
                    _waiting.AddLast(first);
                }

                if (given)
                {
                    return;
                }
            }

            _free++;
        }
    }

    /// <summary>Gives the place to the first chunk that still wants it.</summary>
    private static bool TryGive(Queue<TaskCompletionSource> chunks)
    {
        while (chunks.TryDequeue(out var turn))
        {
            if (turn.TrySetResult())
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Place(JobTurns turns) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _left, true))
            {
                turns.Leave();
            }
        }
    }
}
