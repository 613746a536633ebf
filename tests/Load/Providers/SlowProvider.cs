using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Load.Providers;

/// <summary>A loopback provider that takes its time, and fails when it is told to. Counts what it was asked and how long it took.</summary>
internal sealed class SlowProvider
{
    private readonly LoopbackProvider _server;
    private readonly LatencyModel _latency;
    private long _answered;
    private long _ticks;

    public SlowProvider(LoopbackProvider server, LatencyModel latency, LoopbackAudio audio)
    {
        (_server, _latency) = (server, latency);
        server.Audio = audio;
        server.FaultFor = _ => Choose();
    }

    public ProviderHealth Health { get; set; }

    /// <summary>Requests that came in, failed ones too.</summary>
    public long Calls => _server.Count;

    /// <summary>Requests that were answered with speech.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Seconds from a request's arrival to the end of its answer, over all that were answered since <see cref="Forget"/>.</summary>
    public double Mean => TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds / Math.Max(1, Answered);

    /// <summary>The texts of all requests of a protocol that sends them as <c>input</c>, in the order of arrival.</summary>
    public IReadOnlyList<string> Texts()
    {
        return [.. _server.Requests.Select(Text)];

        static string Text(LoopbackRequest request)
        {
            using var body = request.Json();
            return body.RootElement.GetProperty("input").GetString()!;
        }
    }

    /// <summary>Starts the mean anew.</summary>
    public void Forget()
    {
        Interlocked.Exchange(ref _answered, 0);
        Interlocked.Exchange(ref _ticks, 0);
    }

    private Fault Choose() => Health switch
    {
        ProviderHealth.Dead => Fault.ResetBeforeAnswer(),
        ProviderHealth.Flapping when TimeProvider.System.GetUtcNow().Second % 2 == 0 => Fault.ResetBeforeAnswer(),
        ProviderHealth.Throttling => Fault.RateLimited(1),
        _ => new PacedFault(_latency.Draw(), Took),
    };

    private void Took(TimeSpan time)
    {
        Interlocked.Add(ref _ticks, time.Ticks);
        Interlocked.Increment(ref _answered);
    }
}
