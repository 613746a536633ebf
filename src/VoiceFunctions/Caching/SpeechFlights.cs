using System.Diagnostics;

namespace VoiceFunctions.Caching;

/// <summary>Sees to it that equal calls at the same time make one flight. A flight belongs to all who wait for it, and ends when the last of them leaves.</summary>
internal sealed class SpeechFlights(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SpeechCacheKey, SpeechFlight> _flights = [];

    /// <summary>Joins the flight for the result, or begins one. Whoever leads it bears its costs as long as he waits.</summary>
    public (SpeechFlight Flight, bool Leads) Join(SpeechQuery query, Func<SpeechMaking> begin, Func<SpeechMaking, CancellationToken, Task<Landing>> fly)
    {
        SpeechFlight flight;
        lock (_lock)
        {
            if (_flights.TryGetValue(query.Key, out var found))
            {
                found.Waiting++;
                return (found, Leads: false);
            }

            flight = new SpeechFlight(query);
            _flights.Add(query.Key, flight);
        }

        try
        {
            Start(flight, begin(), fly);
        }
        catch (Exception exception)
        {
            Remove(flight);
            flight.Landed.SetResult(new Landing { Failure = exception });
        }

        return (flight, Leads: true);
    }

    /// <summary>Waits for the end of a flight.</summary>
    /// <exception cref="TimeoutException">The patience ended first.</exception>
    /// <exception cref="OperationCanceledException">The caller left first.</exception>
    public async Task<Landing> WaitAsync(SpeechFlight flight, bool leads, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var landed = flight.Landed.Task;
        try
        {
            return await landed.WaitAsync(patience ?? Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            if (Leave(flight, leads))
            {
                await flight.Stop.CancelAsync();
                // It ends at once, and tells what had been tried.
                return await landed;
            }

            if (landed.IsCompleted)
            {
                return await landed;
            }

            throw;
        }
    }

    /// <summary>Whether it is this passenger who answers for what the flight cost. One is, as long as any is there to be told.</summary>
    public bool Bears(SpeechFlight flight, bool leads)
    {
        if (leads)
        {
            return true;
        }

        lock (_lock)
        {
            var free = !flight.IsBorne;
            flight.IsBorne = true;
            return free;
        }
    }

    /// <summary>Whether it was the last who left.</summary>
    private bool Leave(SpeechFlight flight, bool leads)
    {
        lock (_lock)
        {
            if (flight.Landed.Task.IsCompleted)
            {
                return false;
            }

            flight.Waiting--;
            if (flight.Waiting == 0)
            {
                RemoveLocked(flight);
                return true;
            }

            if (leads)
            {
                flight.IsBorne = false;
            }

            return false;
        }
    }

    private void Start(SpeechFlight flight, SpeechMaking making, Func<SpeechMaking, CancellationToken, Task<Landing>> fly)
    {
        // Of the first caller's context only the trace goes along: the flight may outlast the caller.
        var trace = Activity.Current;
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(async () =>
            {
                Activity.Current = trace;
                using (making)
                {
                    await LandAsync(flight, making, fly);
                }
            });
        }
    }

    private async Task LandAsync(SpeechFlight flight, SpeechMaking making, Func<SpeechMaking, CancellationToken, Task<Landing>> fly)
    {
        Landing landing;
        try
        {
            landing = await fly(making, flight.Stop.Token);
        }
        catch (Exception exception)
        {
            landing = new Landing { Failure = exception };
        }

        lock (_lock)
        {
            // In one step, so that whoever leaves has either left before or been told. A new flight finds what this one has kept.
            RemoveLocked(flight);
            flight.Landed.SetResult(landing);
        }
    }

    private void Remove(SpeechFlight flight)
    {
        lock (_lock)
        {
            RemoveLocked(flight);
        }
    }

    private void RemoveLocked(SpeechFlight flight)
    {
        if (_flights.TryGetValue(flight.Key, out var current) && current == flight)
        {
            _flights.Remove(flight.Key);
        }
    }
}
