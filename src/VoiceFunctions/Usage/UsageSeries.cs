using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Usage;

/// <summary>What calls are told apart by. <see langword="null"/> is a key without a name, no provider asked, nothing billed, and a call without a result.</summary>
internal readonly record struct UsageSeries
{
    /// <summary>The outcome of a call that was answered.</summary>
    public const string Ok = "ok";

    /// <summary>The outcome of a call whose caller left.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Stands for every name for which there was no room.</summary>
    public const string Other = "other";

    /// <summary>Characters of a name that are kept.</summary>
    public const int MaxName = 128;

    public string? KeyName { get; init => field = Cut(value); }

    public required SpeechOperation Operation { get; init; }

    public string? Provider { get; init => field = Cut(value); }

    public string? Model { get; init => field = Cut(value); }

    public BillingUnit? Unit { get; init; }

    public CacheOutcome? Cache { get; init; }

    public required string Outcome { get; init; }

    /// <summary>The same without a name: there are only so many of these, whatever callers send.</summary>
    public UsageSeries WithoutNames() => this with { KeyName = Other, Provider = Other, Model = Other };

    private static string? Cut(string? name) => name is { Length: > MaxName } ? name[..MaxName] : name;
}
