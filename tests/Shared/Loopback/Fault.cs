using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>Something that goes wrong with one answer. A server asks for it once per request; what it does not bend goes out as it is.</summary>
public abstract class Fault
{
    /// <summary>Faults of the audio lie inside the answer, so the server that makes the audio applies them.</summary>
    public virtual AudioFault Audio => AudioFault.None;

    /// <summary>Whether the fault comes before the request is looked at, as a gateway's own errors do.</summary>
    public virtual bool BeforeAnswer => false;

    public static Fault Unauthorized() => new StatusFault(401);

    public static Fault RateLimited() => new StatusFault(429);

    public static Fault RateLimited(int retryAfterSeconds) => new StatusFault(429, "Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture));

    public static Fault RateLimited(DateTimeOffset retryAt) => new StatusFault(429, "Retry-After", retryAt.ToString("R", CultureInfo.InvariantCulture));

    public static Fault RateLimitedMilliseconds(int milliseconds) => new StatusFault(429, "retry-after-ms", milliseconds.ToString(CultureInfo.InvariantCulture));

    public static Fault Status(int status) => new StatusFault(status);

    /// <summary>Never answers; <see cref="HangFault.ClientLeft"/> tells when the client has gone.</summary>
    public static HangFault Hang() => new();

    /// <summary>The right answer, so much later.</summary>
    public static Fault Late(TimeSpan latency) => new LateFault(latency);

    /// <summary>The right answer, when <see cref="HeldFault.Release"/> lets it out.</summary>
    public static HeldFault Held() => new();

    /// <summary>The right answer in pieces, each let out by <see cref="SlowDripFault.Release"/>.</summary>
    public static SlowDripFault SlowDrip(int pieceBytes) => new(pieceBytes);

    /// <summary>Closes the connection without a word.</summary>
    public static Fault ResetBeforeAnswer() => new ResetFault(null);

    /// <summary>Announces the whole body, sends a part of it and resets the connection.</summary>
    public static Fault ResetInBody(int afterBytes = 16) => new ResetFault(afterBytes);

    public static Fault EmptyBody() => new BodyFault(reply => reply with { Body = [] });

    /// <summary>200, <c>application/json</c>, and a body that ends in the middle of a string.</summary>
    public static Fault MalformedJson() => new BodyFault(_ => LoopbackReply.Json("{\"text\": \"cut of"));

    /// <summary>Any other change of a right answer.</summary>
    public static Fault Body(Func<LoopbackReply, LoopbackReply> change) => new BodyFault(change);

    public static Fault TruncatedAudio() => new BadAudioFault(AudioFault.Truncated);

    public static Fault SilentAudio() => new BadAudioFault(AudioFault.Silent);

    public static Fault WrongFormatAudio() => new BadAudioFault(AudioFault.WrongFormat);

    /// <summary>Sends what is left of the answer. <paramref name="stopping"/> ends with the server.</summary>
    internal abstract Task SendAsync(HttpContext context, LoopbackReply reply, CancellationToken stopping);
}
