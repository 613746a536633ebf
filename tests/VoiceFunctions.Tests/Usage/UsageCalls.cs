using CsCheck;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

/// <summary>Usage as tests make it up.</summary>
internal static class UsageCalls
{
    /// <summary>Prices as they come out of divisions by a million.</summary>
    private static readonly Gen<decimal> Money = Gen.Long[0, 5_000_000_000_000].Select(pico => pico / 1_000_000_000_000m);

    private static readonly Gen<UsageSeries> Series = Gen.Select(
        Gen.OneOf<string?>(null, "web", "ivr"), Gen.Enum<SpeechOperation>(), Gen.OneOf<string?>(null, "openai", "azure"), Gen.Enum<BillingUnit>(), Gen.Enum<CacheOutcome>(),
        Gen.OneOf("ok", "cancelled", "providers_unavailable"),
        (key, operation, provider, unit, cache, outcome) => new UsageSeries
        {
            KeyName = key,
            Operation = operation,
            Provider = provider,
            Model = provider is null ? null : $"{provider}-1",
            Unit = unit,
            Cache = outcome == "ok" ? cache : null,
            Outcome = outcome,
        });

    public static Gen<UsageRecord> Any { get; } = Gen.Select(
        Series, Gen.Long[0, 4096], Gen.Int[0, 60_000], Gen.Int[1, 300_000_000], Gen.Nullable(Money, 0.1), Gen.Nullable(Money, 0.1), Money,
        (series, characters, audio, latency, cost, saved, units) => new UsageRecord("default", series)
        {
            Characters = characters,
            Audio = TimeSpan.FromMilliseconds(audio),
            Latency = TimeSpan.FromMicroseconds(latency),
            CostUsd = cost,
            SavedUsd = saved,
            Units = units,
        });

    public static UsageRecord Call(string? key = null, string tenant = "default", string provider = "openai", string outcome = UsageSeries.Ok) =>
        new(tenant, new UsageSeries { KeyName = key, Operation = SpeechOperation.Synthesis, Provider = provider, Model = "m", Cache = CacheOutcome.Miss, Outcome = outcome })
        {
            Characters = 10,
            Audio = TimeSpan.FromSeconds(0.5),
            Latency = TimeSpan.FromMilliseconds(100),
            CostUsd = 0.000_15m,
        };

    public static List<KeyValuePair<UsageSeries, UsageSums>> Sum(IEnumerable<UsageRecord> calls) =>
    [
        .. calls.GroupBy(call => call.Series).Select(group =>
        {
            var sums = new UsageSums();
            foreach (var call in group)
            {
                sums.Add(call);
            }

            return KeyValuePair.Create(group.Key, sums);
        }),
    ];

    public static UsageTotals Total(IEnumerable<UsageRow> rows)
    {
        var totals = new UsageTotals();
        foreach (var (series, sums) in rows.SelectMany(row => UsageRowFormat.Read(row.Content.Span)))
        {
            totals.Add(series, sums);
        }

        return totals;
    }

    public static byte[] Bytes(this UsageSums sums)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        sums.Write(writer);
        return stream.ToArray();
    }
}
