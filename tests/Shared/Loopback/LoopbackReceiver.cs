namespace VoiceFunctions.Testing.Loopback;

/// <summary>Who wants to be told of a job's end: it takes every message, unless a fault is queued.</summary>
public sealed class LoopbackReceiver : LoopbackProvider
{
    /// <summary>Where it sends its callers on to; <see langword="null"/> for nowhere.</summary>
    public Uri? RedirectTo { get; set; }

    protected override LoopbackReply Answer(LoopbackRequest request, AudioFault fault) => RedirectTo is { } address
        ? LoopbackReply.Text(string.Empty, 307) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = address.AbsoluteUri } }
        : LoopbackReply.Text("thank you");
}
