namespace VoiceFunctions.Usage;

/// <summary>Which usage is asked for: from the minute <see cref="From"/> up to, and without, the minute <see cref="To"/>.</summary>
internal sealed record UsageQuery(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<UsageDimension> GroupBy)
{
    public bool Csv { get; init; }
}
