namespace VoiceFunctions.Load.Driving;

/// <summary>Callers at the same time.</summary>
internal static class VirtualUsers
{
    /// <summary>Each user sends its requests one after the other.</summary>
    /// <param name="users">How many there are.</param>
    /// <param name="requests">How many each of them sends.</param>
    /// <param name="send">Sends the request of a user and a number.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    public static async Task<LoadResult> RunAsync(int users, int requests, Func<int, int, CancellationToken, Task<Answer>> send, CancellationToken cancellationToken)
    {
        var result = new LoadResult();
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, users).Select(user => Task.Run(
            async () =>
            {
                for (var number = 0; number < requests; number++)
                {
                    await SendAsync(result, token => send(user, number, token), TimeProvider.System.GetTimestamp(), cancellationToken);
                }
            },
            cancellationToken)));
        result.Elapsed = TimeProvider.System.GetElapsedTime(start);
        return result;
    }

    /// <summary>Each user sends one request after the other until the time is over.</summary>
    public static async Task<LoadResult> UntilAsync(int users, Func<bool> over, Func<CancellationToken, Task<Answer>> send, CancellationToken cancellationToken)
    {
        var result = new LoadResult();
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, users).Select(_ => Task.Run(
            async () =>
            {
                while (!over())
                {
                    await SendAsync(result, send, TimeProvider.System.GetTimestamp(), cancellationToken);
                }
            },
            cancellationToken)));
        result.Elapsed = TimeProvider.System.GetElapsedTime(start);
        return result;
    }

    /// <summary>Requests at an even pace, whether or not the ones before have been answered. The latency counts from when a request was due.</summary>
    public static async Task<LoadResult> PaceAsync(double perSecond, TimeSpan duration, Func<int, CancellationToken, Task<Answer>> send, CancellationToken cancellationToken)
    {
        var result = new LoadResult();
        var start = TimeProvider.System.GetTimestamp();
        var open = new List<Task>();
        for (var number = 0; ; number++)
        {
            var due = TimeSpan.FromSeconds(number / perSecond);
            if (due >= duration)
            {
                break;
            }

            var wait = due - TimeProvider.System.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellationToken);
            }

            var (index, begin) = (number, start + (long)(due.TotalSeconds * TimeProvider.System.TimestampFrequency));
            open.Add(Task.Run(() => SendAsync(result, token => send(index, token), begin, cancellationToken), cancellationToken));
            if (open.Count >= 1024)
            {
                open.RemoveAll(static task => task.IsCompletedSuccessfully);
            }
        }

        await Task.WhenAll(open);
        result.Elapsed = TimeProvider.System.GetElapsedTime(start);
        return result;
    }

    private static async Task SendAsync(LoadResult result, Func<CancellationToken, Task<Answer>> send, long begin, CancellationToken cancellationToken)
    {
        var answer = await send(cancellationToken);
        result.Record(answer, TimeProvider.System.GetElapsedTime(begin));
    }
}
