using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers;

/// <summary>What <see cref="Microsoft.Extensions.AI.ITextToSpeechClient"/> and <see cref="Microsoft.Extensions.AI.ISpeechToTextClient"/> have no option for. Read through <see cref="SpeechOptionsExtensions"/>.</summary>
public sealed record SpeechCall
{
    /// <summary>The tenant of everyone who calls without a key.</summary>
    public const string DefaultTenant = "default";

    /// <summary>Above the fallback the provider that the caller pinned, below it the one that this call goes to.</summary>
    public string? Provider { get; init; }

    /// <summary>The caller's order of fallback; empty for the configured one.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    public CacheMode Cache { get; init; }

    /// <summary>Whose results and whose usage these are.</summary>
    public string Tenant { get; init; } = DefaultTenant;

    /// <summary>The name of the key that the call came with; <see langword="null"/> for an anonymous one.</summary>
    public string? KeyName { get; init; }

    /// <summary>Above the fallback: US dollars that calls under the key's name may cost in a month; <see langword="null"/> for as much as they do.</summary>
    public decimal? MonthlyBudgetUsd { get; init; }

    /// <summary>Above the fallback: when the caller must have its answer.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Below the fallback: the most time that one attempt may take of what is left; <see langword="null"/> for as much as is configured.</summary>
    public TimeSpan? AttemptTimeout { get; init; }

    /// <summary>Whether the answer waits until its result is stored, so that a call that is made again after a crash finds it. Default: the result is stored a moment later.</summary>
    public bool StoreBeforeReturn { get; init; }

    /// <summary>
    /// The job that this is a chunk of; <see langword="null"/> for a call that somebody waits for. A chunk is tried once, because its orchestration waits and
    /// tries again, and takes turns with the chunks of other jobs.
    /// </summary>
    public string? Job { get; init; }

    /// <summary>The name of the chunk, which no other chunk of any job has or had; <see langword="null"/> for a call that somebody waits for.</summary>
    public string? Chunk { get; init; }

    /// <summary>Synthesis: hertz of the audio wanted; <see langword="null"/> for the voice's own.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Synthesis: how to speak, for models that take directions.</summary>
    public string? Instructions { get; init; }

    /// <summary>Synthesis: the text is SSML.</summary>
    public bool Ssml { get; init; }

    /// <summary>Recognition: names and words to expect, for models that take a prompt.</summary>
    public string? Prompt { get; init; }

    /// <summary>Recognition: timings that the caller cannot do without.</summary>
    public TimingKinds Timings { get; init; }

    /// <summary>Recognition: tell the speakers apart.</summary>
    public bool Diarize { get; init; }

    /// <summary>Recognition: what the stream holds.</summary>
    public AudioContainer Container { get; init; }

    /// <summary>Recognition: seconds of audio in the stream, measured by decoding it.</summary>
    public double? AudioSeconds { get; init; }
}
