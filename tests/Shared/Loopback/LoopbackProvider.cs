using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>
/// A speech provider on 127.0.0.1 that speaks the documented protocol: an implementation checks each request as the real one would and answers 4xx to
/// what that would refuse. Every request is recorded, and any answer can be made to go wrong.
/// </summary>
public abstract class LoopbackProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<LoopbackRequest> _requests = new();
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private int _underWay;
    private int _mostUnderWay;

    protected LoopbackProvider()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        _app = builder.Build();
        _app.Run(HandleAsync);
        // Binding a loopback port completes synchronously; an asynchronous start would only make every test write one more await.
        _app.StartAsync().GetAwaiter().GetResult();
        Endpoint = new Uri(_app.Urls.Single());
    }

    /// <summary>The root that adapters are pointed at, such as <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Makes the audio of answers. The default makes WAV and PCM; a test that wants other formats passes its own.</summary>
    public LoopbackAudio Audio { get; set; } = AudioSamples.Speak;

    /// <summary>Chooses a fault by the request; asked when no fault is queued.</summary>
    public Func<LoopbackRequest, Fault?>? FaultFor { get; set; }

    /// <summary>What came in, in the order of arrival, refused and failed requests too.</summary>
    public IReadOnlyList<LoopbackRequest> Requests => [.. _requests];

    /// <summary>The only request there was.</summary>
    public LoopbackRequest Request => _requests.Single();

    public int Count => _requests.Count;

    /// <summary>Requests that have come in and are not answered, nor given up by their sender.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>The most that were under way at one time since it was last set to 0.</summary>
    public int MostUnderWay
    {
        get => Volatile.Read(ref _mostUnderWay);
        set => Volatile.Write(ref _mostUnderWay, value);
    }

    /// <summary>Spoils the next answers, one fault each.</summary>
    public void Enqueue(params ReadOnlySpan<Fault> faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    /// <summary>Completes when one more request has come in than at the last call.</summary>
    public Task ArrivalAsync(CancellationToken cancellationToken) => _arrivals.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _stopping.CancelAsync();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _stopping.Dispose();
        _arrivals.Dispose();
    }

    internal static async Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        await SendHeadAsync(context, reply, stopping);
        await context.Response.Body.WriteAsync(reply.Body, stopping);
    }

    internal static async Task SendHeadAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.FlushAsync(stopping);
    }

    /// <summary>The answer of a provider in good health. <paramref name="fault"/> matters only to <see cref="Speak"/>.</summary>
    protected abstract LoopbackReply Answer(LoopbackRequest request, AudioFault fault);

    /// <summary>The audio of an answer, spoiled as the fault says.</summary>
    protected byte[] Speak(string text, string format, int sampleRate, AudioFault fault) => fault switch
    {
        AudioFault.Silent => Audio(text, format, sampleRate, silent: true),
        AudioFault.WrongFormat when format is "wav" => AudioSamples.SilentMp3(frames: 40),
        AudioFault.WrongFormat => AudioSamples.Speak(text, "wav", sampleRate, silent: false),
        AudioFault.Truncated => Half(Audio(text, format, sampleRate, silent: false)),
        _ => Audio(text, format, sampleRate, silent: false),
    };

    private static byte[] Half(byte[] audio) => audio[..(audio.Length / 2)];

    private async Task HandleAsync(HttpContext context)
    {
        var request = await LoopbackRequest.ReadAsync(context);
        _requests.Enqueue(request);
        Raise(Interlocked.Increment(ref _underWay));
        _arrivals.Release();
        try
        {
            await AnswerAsync(context, request);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private void Raise(int underWay)
    {
        int most;
        do
        {
            most = MostUnderWay;
        }
        while (underWay > most && Interlocked.CompareExchange(ref _mostUnderWay, underWay, most) != most);
    }

    private async Task AnswerAsync(HttpContext context, LoopbackRequest request)
    {
        var fault = _faults.TryDequeue(out var queued) ? queued : FaultFor?.Invoke(request);
        if (fault is { BeforeAnswer: true })
        {
            await fault.SendAsync(context, LoopbackReply.Text(""), _stopping.Token);
            return;
        }

        var reply = Answer(request, fault?.Audio ?? AudioFault.None);
        // A request that the provider refuses is refused whatever else goes wrong: a fault must not hide an adapter's mistake.
        await (fault is null || !reply.IsSuccess
            ? SendAsync(context, reply, _stopping.Token)
            : fault.SendAsync(context, reply, _stopping.Token));
    }
}
