namespace VoiceFunctions.Telemetry;

/// <summary>What the measurements and spans of the app are told apart by. Every tag has few values: none is a tenant, a key, a text or an address.</summary>
internal static class TagNames
{
    /// <summary><c>synthesis</c> or <c>transcription</c>.</summary>
    public const string Operation = "voice.operation";

    public const string Provider = "voice.provider";

    public const string Model = "voice.model";

    /// <summary><c>hit</c>, <c>miss</c>, <c>shared</c> or <c>bypass</c>.</summary>
    public const string CacheOutcome = "voice.cache.outcome";

    /// <summary>Where a stored result was found: <c>memory</c>, <c>storage</c> or <c>none</c>.</summary>
    public const string CacheTier = "voice.cache.tier";

    /// <summary><c>ok</c>, <c>cancelled</c>, the code of a problem or the kind of a provider's failure.</summary>
    public const string Outcome = "voice.outcome";

    /// <summary>How many targets a plan has.</summary>
    public const string Targets = "voice.targets";

    /// <summary><c>tts</c> or <c>stt</c>.</summary>
    public const string JobKind = "voice.job.kind";

    /// <summary><c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public const string JobStatus = "voice.job.status";

    /// <summary>Why something was given up or removed.</summary>
    public const string Reason = "voice.reason";
}
