using System.Security.Cryptography;
using System.Text.Json;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>A result as it is kept: never changed, and served to many without a copy.</summary>
internal sealed class CachedSpeech
{
    /// <summary>What an entry takes in memory besides its content, roughly, in bytes.</summary>
    private const int Overhead = 1024;

    /// <summary>A transcript is kept as JSON and as objects, which take about this many times as much.</summary>
    private const int TranscriptFactor = 4;

    private long _lastUsed;
    private long _lastUseWritten;

    private CachedSpeech(string tenant, SpeechOutcome outcome, ReadOnlyMemory<byte> content, string sha256, string? mediaType, Transcript? transcript, DateTimeOffset madeAt)
    {
        (Tenant, Outcome, Content, Sha256, MediaType, Transcript, MadeAt) = (tenant, outcome, content, sha256, mediaType, transcript, madeAt);
        _lastUsed = _lastUseWritten = madeAt.UtcTicks;
    }

    public string Tenant { get; }

    /// <summary>Without attempts, segments and words; its cost is that of the making.</summary>
    public SpeechOutcome Outcome { get; }

    /// <summary>The audio, or the transcript as JSON.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Of <see cref="Content"/>, in lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>Of a synthesis.</summary>
    public string? MediaType { get; }

    /// <summary>Of a recognition.</summary>
    public Transcript? Transcript { get; }

    public DateTimeOffset MadeAt { get; }

    /// <summary>Bytes that the entry takes in memory.</summary>
    public long Size => Overhead + (Transcript is null ? Content.Length : (long)Content.Length * TranscriptFactor);

    /// <summary>Whether the queue to storage had no room for it.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>Whether storage has it.</summary>
    public bool IsStored { get; set; }

    public DateTimeOffset LastUsedAt => new(Volatile.Read(ref _lastUsed), TimeSpan.Zero);

    public static CachedSpeech OfAudio(string tenant, SpeechOutcome outcome, ReadOnlyMemory<byte> audio, string mediaType, DateTimeOffset madeAt)
    {
        var sha256 = Hash(audio.Span);
        return new(tenant, Bare(outcome) with { Sha256 = sha256 }, audio, sha256, mediaType, transcript: null, madeAt);
    }

    public static CachedSpeech OfTranscript(string tenant, SpeechOutcome outcome, string text, DateTimeOffset madeAt)
    {
        var transcript = new Transcript(text, outcome.Segments, outcome.Words);
        var content = JsonSerializer.SerializeToUtf8Bytes(transcript, CacheJson.Default.Transcript);
        return new(tenant, Bare(outcome), content, Hash(content), mediaType: null, transcript, madeAt);
    }

    /// <summary>What storage gave back; <see langword="null"/> when it is not what was stored.</summary>
    public static CachedSpeech? OfStored(
        string tenant, string outcome, ReadOnlyMemory<byte> content, string sha256, string? mediaType, DateTimeOffset madeAt, DateTimeOffset lastUsedAt)
    {
        if (Hash(content.Span) != sha256)
        {
            return null;
        }

        try
        {
            var transcript = mediaType is null ? JsonSerializer.Deserialize(content.Span, CacheJson.Default.Transcript) : null;
            return JsonSerializer.Deserialize(outcome, CacheJson.Default.SpeechOutcome) is { } read && (mediaType is not null || transcript is not null)
                ? new(tenant, read, content, sha256, mediaType, transcript, madeAt) { IsStored = true, _lastUsed = lastUsedAt.UtcTicks, _lastUseWritten = lastUsedAt.UtcTicks }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the result has what the call cannot do without.</summary>
    public bool Serves(SpeechCall call) => Transcript is null || Transcript.Has(call.Timings);

    /// <summary>Notes a use. Tells whether the time of it is to be written down, to one caller in each interval.</summary>
    public bool Use(DateTimeOffset now, TimeSpan interval)
    {
        Volatile.Write(ref _lastUsed, now.UtcTicks);
        var written = Volatile.Read(ref _lastUseWritten);
        return now.UtcTicks - written >= interval.Ticks && Interlocked.CompareExchange(ref _lastUseWritten, now.UtcTicks, written) == written;
    }

    private static SpeechOutcome Bare(SpeechOutcome outcome) =>
        outcome with { Attempts = [], Segments = [], Words = [], Cache = CacheOutcome.Miss, SavedUsd = 0 };

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
